import { AccessTokens } from '../../../src/wechat/access-token/access-tokens.js';
import { WechatClient } from '../../../src/wechat/wechat.client.js';
import { WechatConfig } from '../../../src/wechat/wechat.config.js';
import { eventually } from '../../support/eventually.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { codeOf, somebody, WechatConsole } from '../../support/wechat-console.js';

const STABLE_TOKEN = '/cgi-bin/stable_token';
const CHECK_SESSION = '/wxa/checksession';

describe('WeChat’s access_token', () => {
  let test: TestApp;
  let console: WechatConsole;
  let check: () => Promise<boolean>;
  beforeEach(async () => {
    test = await startTestApp();
    console = new WechatConsole(test);
    check = await checkOf(test);
  });
  afterEach(() => test?.close());

  async function checkOf(server: TestApp): Promise<() => Promise<boolean>> {
    const identity = await somebody(server, 'alice');
    return () => server.app.get(WechatClient).isSessionKeyValid(identity);
  }

  const fetches = async () => (await console.calls(STABLE_TOKEN)).length;
  const tokenOf = (server: TestApp) => server.app.get(AccessTokens).get(server.app.get(WechatConfig).getApp());

  it('is asked for once by 50 calls at a time, in normal mode', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => check()));

    expect(answers).toEqual(Array(50).fill(true));
    const calls = await console.calls(STABLE_TOKEN);
    expect(calls).toHaveLength(1);
    expect(calls[0]!.body).toMatchObject({ grant_type: 'client_credential', force_refresh: false });
  });

  it('is used until five minutes before its real end, and replaced while it still works', async () => {
    await check();
    test.clock.advance({ seconds: 6_899 });
    await check();
    expect(await fetches()).toBe(1);

    test.clock.advance({ seconds: 1 });
    expect(await check()).toBe(true);
    expect(await fetches()).toBe(2);
    expect((await console.calls(CHECK_SESSION)).map(({ errcode }) => errcode)).toEqual([0, 0, 0]);
  });

  it('is kept only as long as it lives when WeChat gives one that is old', async () => {
    await tokenOf(test);
    test.clock.advance({ seconds: 6_850 }); // 350 s are left
    await test.dataSource.query('DELETE FROM wechat_access_tokens');
    const sibling = await test.sibling();
    await tokenOf(sibling);
    test.clock.advance({ seconds: 51 });
    await tokenOf(sibling);
    await sibling.close();

    expect(await fetches()).toBe(3);
  });

  it('is found by another process in the database, where it is encrypted', async () => {
    const token = await tokenOf(test);
    test.watch.keepSecret('an access_token', token);
    const sibling = await test.sibling();

    expect(await tokenOf(sibling)).toBe(token);
    expect(await fetches()).toBe(1);
    const [row] = await test.dataSource.query<object[]>('SELECT * FROM wechat_access_tokens');
    expect(JSON.stringify(row)).not.toContain(token);
    await sibling.close();
  });

  it.each(['40001', '40014', '42001'])('is replaced, and the call made once more, after a %s', async (errcode) => {
    await check();
    await console.fault(CHECK_SESSION, `errcode:${errcode}`, 1);
    await console.endAccessTokens();

    expect(await check()).toBe(true);
    expect(await fetches()).toBe(2);
    expect(await console.calls(CHECK_SESSION)).toHaveLength(3);
  });

  it('is asked for once more, and no call is repeated, when WeChat refuses the very token it gives', async () => {
    await check();
    await console.fault(CHECK_SESSION, 'errcode:40001');

    expect(await codeOf(check())).toBe('wechat.unavailable');
    expect(await codeOf(check())).toBe('wechat.unavailable');
    expect(await fetches()).toBe(2);
    expect(await console.calls(CHECK_SESSION)).toHaveLength(3);
  });

  it('is taken from the process that replaced it first', async () => {
    const sibling = await test.sibling();
    const siblingCheck = await checkOf(sibling);
    check = await checkOf(test);
    await check();
    await siblingCheck().catch(() => undefined);
    await console.endAccessTokens();

    expect(await check()).toBe(true);
    const renewed = await fetches();
    await siblingCheck();

    expect(await fetches()).toBe(renewed);
    expect(await tokenOf(sibling)).toBe(await tokenOf(test));
    await sibling.close();
  });

  it('stays in use when a new one cannot be had, as long as it lives', async () => {
    await check();
    test.clock.advance({ seconds: 7_000 }); // 200 s are left
    await console.fault(STABLE_TOKEN, 'http:502');

    expect([await check(), await check()]).toEqual([true, true]);
    test.clock.advance({ seconds: 201 });
    expect(await codeOf(check())).toBe('wechat.unavailable');

    await console.heal();
    await eventually(() => check().catch(() => false), 5_000);
  });

  it('is had from WeChat when the database does not answer', async () => {
    const runner = test.dataSource.createQueryRunner();
    await runner.renameTable('wechat_access_tokens', 'elsewhere');

    expect(await check()).toBe(true);
    expect(await check()).toBe(true);

    expect(await fetches()).toBe(1);
    await runner.renameTable('elsewhere', 'wechat_access_tokens');
    await runner.release();
  });

  it.each(['40164', '40125', '40243', '40013'])(
    'is not asked for again at once after a %s, which is logged once with its fix',
    async (errcode) => {
      await console.fault(STABLE_TOKEN, `errcode:${errcode}`);

      expect([await codeOf(check()), await codeOf(check())]).toEqual(Array(2).fill('wechat.misconfigured'));
      expect(await fetches()).toBe(1);
      test.clock.advance({ seconds: 11 });
      expect(await codeOf(check())).toBe('wechat.misconfigured');
      expect(await fetches()).toBe(2);

      const lines = test.watch.lines.filter((line) => line.includes('WeChat refused'));
      expect(lines).toHaveLength(1);
      expect(JSON.parse(lines[0]!)).toMatchObject({ level: 50, errcode: Number(errcode), fix: expect.any(String) });
      if (errcode === '40164') expect(lines[0]).toContain('"serverAddress":"127.0.0.1"');

      await console.heal();
      test.clock.advance({ seconds: 11 });
      expect(await check()).toBe(true);
    },
  );
});
