import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import type { ProblemDetails } from '../../src/platform/errors/problem-details.dto.js';
import { exchangesOf, expectLoginRefused } from '../support/failing-login.js';
import { expectProblem } from '../support/problems.js';
import { storedRows } from '../support/stored-rows.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { reply, startWechatStandIn, type WechatStandIn } from '../support/wechat-stand-in.js';

describe('a login code', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterEach(() => test.wechat.heal());
  afterAll(() => test?.close());

  const login = (code: string, fields: object = {}) =>
    test.client.post<TokensDto & ProblemDetails>('/api/v1/auth/wechat', { code, ...fields });

  it('that two requests bring at once is exchanged once, for both', async () => {
    const code = await test.wechat.code('alice');

    const answers = await Promise.all([login(code), login(code), login(code)]);

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body.user.id)).size).toBe(1);
    expect(new Set(answers.map(({ body }) => body.sessionId)).size).toBe(1);
    expect(await exchangesOf(test, code)).toBe(1);
  });

  it('that two requests bring at once fails once, for both', async () => {
    const code = await test.wechat.code('alice');
    await test.wechat.fault('errcode:40226', { delayMs: 200 });

    const answers = await Promise.all([login(code), login(code)]);

    for (const answer of answers) expectProblem(answer, 403, 'wechat.user_blocked');
    expect(await exchangesOf(test, code)).toBe(1);
  });

  it('works once', async () => {
    const code = await test.wechat.code('alice');
    expect((await login(code)).status).toBe(200);

    const elsewhere = await login(code, { device: { id: 'another-device' } });
    expectProblem(elsewhere, 401, 'wechat.login_code_used');
  });

  it('is not given a second try after WeChat failed: the next one is', async () => {
    const code = await test.wechat.code('alice');
    await test.wechat.fault('drop-reply', { times: 1 });
    await expectLoginRefused(test, code, { status: 503, code: 'wechat.unavailable', retryAfter: 5 });

    await expectLoginRefused(test, code, { status: 401, code: 'wechat.login_code_used' });
    expect((await login(await test.wechat.code('alice'))).status).toBe(200);
  });

  it('works for five minutes', async () => {
    const [late, tooLate] = await test.wechat.codes('alice', 2);

    test.clock.advance({ minutes: 4, seconds: 59 });
    expect((await login(late!)).status).toBe(200);
    test.clock.advance({ seconds: 1 });
    await expectLoginRefused(test, tooLate!, { status: 401, code: 'wechat.login_code_invalid' });
  });

  it.each([
    ['x&appid=wx0000000000000002'],
    ['x&secret=1'],
    ['x&js_code=other'],
    ['x#fragment'],
    ['x y'],
    ['x%26appid'],
    ['x+y'],
    ['../token'],
    ['x\r\nHost: evil.example'],
    ['x\u2028'],
    ['кириллица'],
    ['the code is a mock one'],
  ])('that reaches for other parameters is refused before it is sent: %j', async (code) => {
    const before = (await test.wechat.calls()).length;

    const answer = await login(code);

    expectProblem(answer, 401, 'wechat.login_code_invalid');
    expect(answer.body.detail).toContain('不是微信签发的 code');
    expect(await test.wechat.calls()).toHaveLength(before);
  });

  it.each([
    'wx0000000000000002',
    'WX0000000000000001',
    '',
    ' wx0000000000000001',
    'wx0000000000000001 ',
    '__proto__',
    '*',
  ])('for the unknown app %j is refused before it is sent', async (appId) => {
    const [code, before] = [await test.wechat.code('alice'), await storedRows(test.dataSource)];

    expectProblem(await login(code, { appId }), 400, 'wechat.app_unknown');

    expect(await exchangesOf(test, code)).toBe(0);
    expect(await storedRows(test.dataSource)).toEqual(before);
  });
});

describe('a server of two mini-programs', () => {
  const secret = 'a+b&c=d/e%f#0123456';
  const apps = [
    { id: 'wx00000000000000aa', secret: 'first-app-secret-0123' },
    { id: 'wx00000000000000bb', secret },
  ];
  let wechat: WechatStandIn;
  let test: TestApp;
  beforeAll(async () => {
    wechat = await startWechatStandIn();
    wechat.answer = reply({ session_key: 'IT7jqiSiKcaOkZjmU00000==', openid: 'o52fN4vsICxqiZTdOzhd6Vol0000' });
    test = await startTestApp({ WECHAT_API_BASE_URL: `${wechat.url}/`, WECHAT_APPS: JSON.stringify(apps) });
  });
  beforeEach(() => void wechat.requests.splice(0));
  afterAll(async () => {
    await test?.close();
    await wechat?.close();
  });

  const login = (appId?: string, code = 'A-Code_That-is_good') =>
    test.client.post<TokensDto>('/api/v1/auth/wechat', { code, appId });

  it('sends WeChat exactly the four parameters, encoded, with the secret of the app that was named', async () => {
    expect((await login('wx00000000000000bb')).status).toBe(200);

    expect(wechat.requests.map((query) => [...query])).toEqual([
      [
        ['appid', 'wx00000000000000bb'],
        ['secret', secret],
        ['js_code', 'A-Code_That-is_good'],
        ['grant_type', 'authorization_code'],
      ],
    ]);
  });

  it('means the first app when none is named', async () => {
    await login();

    expect(wechat.requests.map((query) => query.get('appid'))).toEqual(['wx00000000000000aa']);
  });

  it('takes the same code and openid in two apps for two codes and two people', async () => {
    const answers = await Promise.all(apps.map(({ id }) => login(id, 'One-Code_for-both')));

    expect(wechat.requests.map((query) => query.get('appid')).sort()).toEqual(apps.map(({ id }) => id));
    expect(new Set(answers.map(({ body }) => body.user.id)).size).toBe(2);
  });
});
