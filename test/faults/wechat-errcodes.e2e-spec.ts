import type { ProblemDetails } from '../../src/platform/errors/problem-details.dto.js';
import { exchangesOf, expectLoginRefused, expectLoginWorks, type Refusal } from '../support/failing-login.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const INVALID: Refusal = { status: 401, code: 'wechat.login_code_invalid' };
const UNAVAILABLE: Refusal = { status: 503, code: 'wechat.unavailable', retryAfter: 5 };
const MISCONFIGURED: Refusal = { status: 503, code: 'wechat.misconfigured', retryAfter: 5 };

const REFUSALS: [number, string, Refusal][] = [
  [-1, 'the system is busy', UNAVAILABLE],
  [40029, 'the code is invalid', INVALID],
  [41008, 'the code is missing', INVALID],
  [40163, 'the code has been used', { status: 401, code: 'wechat.login_code_used' }],
  [40226, 'the user is blocked', { status: 403, code: 'wechat.user_blocked' }],
  [45011, 'too often in a minute', { status: 429, code: 'wechat.rate_limited', retryAfter: 60 }],
  [45009, 'the quota of the day is used up', UNAVAILABLE],
  [40013, 'the AppID is wrong', MISCONFIGURED],
  [40125, 'the AppSecret is wrong', MISCONFIGURED],
  [40164, 'the address is not on the whitelist', MISCONFIGURED],
  [40243, 'the AppSecret is frozen', MISCONFIGURED],
  [99999, 'nobody knows', UNAVAILABLE],
];

describe('POST /api/v1/auth/wechat, when WeChat refuses', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterEach(() => test.wechat.heal());
  afterAll(() => test?.close());

  const lastRefusal = () =>
    test.watch.lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .findLast(({ msg }) => msg === 'WeChat refused');

  it.each(REFUSALS)('answers errcode %i (%s) in its own words', async (errcode, _, refusal) => {
    const code = await test.wechat.code('alice');
    await test.wechat.fault(`errcode:${errcode}`, { times: 1 });

    const { body } = await expectLoginRefused(test, code, refusal);

    expect(JSON.stringify({ ...body, requestId: '' })).not.toMatch(/errcode|errmsg|rid|-1|\d{5}/);
    expect(await exchangesOf(test, code)).toBe(1);
    await expectLoginWorks(test, 'alice');
  });

  it.each(REFUSALS)(
    'tells the operator of errcode %i (%s), with the trace id for WeChat',
    async (errcode, _, refusal) => {
      await test.wechat.fault(`errcode:${errcode}`, { times: 1 });
      await test.client.post('/api/v1/auth/wechat', { code: await test.wechat.code('alice') });

      expect(lastRefusal()).toMatchObject({
        level: refusal.code === MISCONFIGURED.code ? 50 : 40,
        appId: 'wx0000000000000001',
        endpoint: '/sns/jscode2session',
        errcode,
        rid: expect.stringMatching(/^[\da-f]{8}-[\da-f]{8}-[\da-f]{8}$/),
      });
    },
  );

  it('names the address to put on the whitelist and the fix, in the log and not to the client', async () => {
    await test.wechat.fault('errcode:40164', { times: 1 });
    const code = await test.wechat.code('alice');
    const { body } = await test.client.post<ProblemDetails>('/api/v1/auth/wechat', { code });

    expect(lastRefusal()).toMatchObject({ serverAddress: '127.0.0.1', fix: expect.stringContaining('IP whitelist') });
    expect(JSON.stringify({ ...body, requestId: '' })).not.toMatch(/127\.0\.0\.1|whitelist|白名单|AppSecret|40164/);
  });

  it.each([
    [40013, 'WECHAT_APPS'],
    [40125, 'AppSecret'],
    [40243, 'unfreeze'],
  ])('says in the log what to do about errcode %i', async (errcode, fix) => {
    await test.wechat.fault(`errcode:${errcode}`, { times: 1 });
    await test.client.post('/api/v1/auth/wechat', { code: await test.wechat.code('alice') });

    expect(lastRefusal()?.fix).toContain(fix);
  });

  it('says the same at the one door', async () => {
    await test.wechat.fault('errcode:40226', { times: 1 });
    const answer = await test.client.post('/api/auth', { action: 'wechat', code: await test.wechat.code('alice') });

    expect(answer).toMatchObject({ status: 403, body: { code: 'wechat.user_blocked' } });
  });

  it('records each refused login with its reason', async () => {
    const since = test.clock.now();
    test.clock.advance({ seconds: 1 });
    await test.wechat.fault('errcode:40226', { times: 1 });
    await test.client.post('/api/v1/auth/wechat', { code: await test.wechat.code('alice') });

    const refused = async () =>
      test.dataSource.query<{ detail: string }[]>(
        "SELECT detail FROM audit_events WHERE type = 'login' AND outcome = 'refused' AND created_at > ?",
        [since],
      );
    const deadline = performance.now() + 5_000; // written behind the request
    while (!(await refused()).length && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 50));
    const details = (await refused()).map(({ detail }) => JSON.parse(detail) as object);
    expect(details).toEqual([expect.objectContaining({ method: 'wechat', reason: 'wechat.user_blocked' })]);
  });
});
