import { WechatUsage } from '../../../src/wechat/usage/wechat-usage.js';
import { WechatClient } from '../../../src/wechat/wechat.client.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { APP_ID, codeOf, somebody, WechatConsole } from '../../support/wechat-console.js';

const PHONE = '/wxa/business/getuserphonenumber';

describe('The meter of WeChat calls', () => {
  let test: TestApp;
  let sibling: TestApp;
  let console: WechatConsole;
  beforeEach(async () => {
    test = await startTestApp({ WECHAT_PHONE_DAILY_WARNING: '3' });
    sibling = await test.sibling();
    console = new WechatConsole(test);
  });
  afterEach(async () => {
    await sibling?.close();
    await test?.close();
  });

  const today = (server: TestApp) => server.app.get(WechatUsage).today(APP_ID);
  const warnings = () => test.watch.lines.filter((line) => line.includes('phone numbers cost money'));

  async function askForPhones(server: TestApp, count: number): Promise<void> {
    const { openid } = await somebody(server, 'alice');
    for (let i = 0; i < count; i++) {
      const code = await console.phoneCode('alice');
      await server.app.get(WechatClient).getPhoneNumber({ appId: APP_ID, code, openid });
    }
  }

  it('adds up the calls of all processes by endpoint and outcome', async () => {
    await askForPhones(test, 2);
    await askForPhones(sibling, 1);
    await codeOf(test.app.get(WechatClient).exchangeLoginCode('made-up'));
    await today(sibling);

    const at = test.clock.now();
    expect(await today(test)).toEqual([
      { endpoint: '/cgi-bin/stable_token', outcome: 'ok', calls: 1, lastAt: at },
      { endpoint: '/sns/jscode2session', outcome: '40029', calls: 1, lastAt: at },
      { endpoint: '/sns/jscode2session', outcome: 'ok', calls: 2, lastAt: at },
      { endpoint: PHONE, outcome: 'ok', calls: 3, lastAt: at },
    ]);
  });

  it('begins anew at midnight in China', async () => {
    await askForPhones(test, 1);
    expect(await today(test)).not.toEqual([]);
    test.clock.advance({ days: 1 });

    expect(await today(test)).toEqual([]);
  });

  it('warns once a day when phone numbers become expensive', async () => {
    await askForPhones(sibling, 1);
    await today(sibling);
    await askForPhones(test, 1);
    await today(test);
    expect(warnings()).toEqual([]);

    await askForPhones(test, 1);
    await today(test);
    await askForPhones(test, 1);
    await today(test);

    expect(warnings()).toHaveLength(1);
    expect(JSON.parse(warnings()[0]!)).toMatchObject({ appId: APP_ID, calls: 3, threshold: 3 });
  });

  it('notes when WeChat’s quota was used up', async () => {
    const { openid } = await somebody(test, 'alice');
    await console.setQuota(PHONE, 0);
    test.clock.advance({ seconds: 1 });
    const code = await console.phoneCode('alice');
    await codeOf(test.app.get(WechatClient).getPhoneNumber({ appId: APP_ID, code, openid }));

    expect(await today(test)).toContainEqual({ endpoint: PHONE, outcome: '45009', calls: 1, lastAt: test.clock.now() });
  });

  it('loses nothing while the database is away', async () => {
    await askForPhones(test, 1);
    const runner = test.dataSource.createQueryRunner();
    await runner.renameTable('wechat_usage', 'elsewhere');
    await test.app.get(WechatUsage).flush();
    await askForPhones(test, 1);
    await runner.renameTable('elsewhere', 'wechat_usage');
    await runner.release();

    expect(await today(test)).toContainEqual(expect.objectContaining({ endpoint: PHONE, outcome: 'ok', calls: 2 }));
  });

  it('is written down when the server stops', async () => {
    await askForPhones(sibling, 1);
    await sibling.close();
    sibling = await test.sibling();

    expect(await today(test)).toContainEqual(expect.objectContaining({ endpoint: PHONE, outcome: 'ok', calls: 1 }));
  });
});
