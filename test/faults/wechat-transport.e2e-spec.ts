import { HttpService } from '@nestjs/axios';
import { exchangesOf, expectLoginRefused, expectLoginWorks } from '../support/failing-login.js';
import { eventually } from '../support/eventually.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { loginWithWechat } from '../support/wechat-phone.js';

const UNAVAILABLE = { status: 503, code: 'wechat.unavailable', retryAfter: 5 };

describe('POST /api/v1/auth/wechat, when the way to WeChat fails', () => {
  let test: TestApp;
  // A server for each: the circuit breaker remembers the failures of the test before.
  beforeEach(async () => {
    test = await startTestApp();
  });
  afterEach(() => test?.close());

  it.each([
    ['http:502', 'a gateway answers 502 with HTML'],
    ['http:500', 'a gateway answers 500'],
    ['http:404', 'a gateway answers 404'],
    ['http:302', 'a gateway points elsewhere'],
    ['html', 'a gateway answers 200 with HTML'],
    ['empty', 'the answer is empty'],
    ['truncated', 'the answer is cut off'],
    ['reset', 'the connection is reset'],
    ['drop-reply', 'the reply is lost after WeChat did its work'],
    ['timeout', 'nothing comes for ever'],
  ])('answers wechat.unavailable in time and sends the code once: %s (%s)', async (fault) => {
    const code = await test.wechat.code('alice');
    await test.wechat.fault(fault);

    await expectLoginRefused(test, code, UNAVAILABLE);

    expect(await exchangesOf(test, code)).toBe(1);
    await test.wechat.heal();
    await expectLoginWorks(test, 'alice');
  });

  it('logs the reason, and no more than that', async () => {
    await test.wechat.fault('http:502', { times: 1 });
    const from = test.watch.lines.length;
    await test.client.post('/api/v1/auth/wechat', { code: await test.wechat.code('alice') });

    const lines = test.watch.lines.slice(from).map((line) => JSON.parse(line) as { code?: string });
    expect(lines.find(({ code }) => code === 'wechat.unavailable')).toMatchObject({
      level: 40,
      err: { type: 'WechatReplyMalformed', message: "WeChat's answer cannot be used: HTTP 502" },
    });
  });

  it('waits for a slow answer that still comes in time', async () => {
    const code = await test.wechat.code('alice');
    await test.wechat.fault('errcode:40226', { times: 1, delayMs: 1_500 });

    await expectLoginRefused(test, code, { status: 403, code: 'wechat.user_blocked' });
  });

  it('keeps serving everything else while WeChat hangs', async () => {
    await test.wechat.fault('timeout');
    const codes = await test.wechat.codes('alice', 80); // more than there are connections to WeChat
    const hanging = Promise.all(codes.map((code) => test.client.post('/api/v1/auth/wechat', { code })));

    const started = performance.now();
    const others = [await test.client.get('/ping'), await test.client.get('/health/ready')];
    const register = { username: 'Alice01', password: 'Blue-Kettle7' };
    others.push(await test.client.post('/api/v1/auth/register', register));

    expect(others.map(({ status }) => status)).toEqual([200, 200, 201]);
    expect(performance.now() - started).toBeLessThan(3_000);
    expect((await hanging).map(({ status }) => status)).toEqual(Array(80).fill(503));
    expect(performance.now() - started).toBeLessThan(6_000);
    await test.wechat.heal();
    // The circuit breaker looks again every second.
    await eventually(async () => (await loginWithWechat(test, 'alice')).status === 200, 5_000);
  });
});

describe('POST /api/v1/auth/wechat, when nobody listens at WECHAT_API_BASE_URL', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ WECHAT_API_BASE_URL: 'http://127.0.0.1:1' });
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => test?.close());

  it('answers wechat.unavailable at once, after two tries', async () => {
    const request = jest.spyOn(test.app.get(HttpService, { strict: false }), 'request');
    const code = await test.wechat.code('alice');

    await expectLoginRefused(test, code, UNAVAILABLE);

    expect(request).toHaveBeenCalledTimes(2);
  });

  it('keeps the code: it was never sent, so it works elsewhere', async () => {
    const code = await test.wechat.code('alice');
    await expectLoginRefused(test, code, UNAVAILABLE);

    expect(await exchangesOf(test, code)).toBe(0);
  });

  it('stays ready: somebody else being away is not our being away', async () => {
    expect((await test.client.get('/health/ready')).status).toBe(200);
  });
});
