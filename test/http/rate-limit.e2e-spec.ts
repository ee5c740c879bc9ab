import type { ProblemDetails } from '../../src/platform/errors/problem-details.dto.js';
import { expectProblem } from '../support/problems.js';
import { storedRows } from '../support/stored-rows.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { loginWithWechat } from '../support/wechat-phone.js';

const LIMIT = 3;

describe('RATE_LIMIT_PER_MINUTE', () => {
  let test: TestApp;
  beforeEach(async () => {
    test = await startTestApp({ RATE_LIMIT_PER_MINUTE: String(LIMIT), TRUSTED_PROXIES: 'loopback' });
  });
  afterEach(() => test?.close());

  /** Knocks as often as the limit allows and once more; says what the last one got. */
  const knockTooOften = async (send: () => Promise<{ status: number }>) => {
    for (let i = 0; i < LIMIT; i++) expect((await send()).status).not.toBe(429);
    return send();
  };
  const check = (ipAddress = '203.0.113.9') =>
    test.client.get<ProblemDetails>('/api/v1/auth/username-available?username=Alice01', {
      headers: { 'x-forwarded-for': ipAddress },
    });

  it('answers request.rate_limited with Retry-After, in header and body', async () => {
    await knockTooOften(() => check());
    const answer = await check();

    expectProblem(answer, 429, 'request.rate_limited');
    const seconds = Number(answer.headers.get('retry-after'));
    expect(answer.body.retryAfter).toBe(seconds);
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(60);
  });

  it.each([
    ['/api/v1/auth/wechat', { code: 'x' }],
    ['/api/v1/auth/register', { username: 'Alice01', password: 'Blue-Kettle7' }],
    ['/api/v1/auth/login', { username: 'Alice01', password: 'Blue-Kettle7' }],
    ['/api/v1/auth/refresh', { refreshToken: 'x' }],
    ['/api/auth', { action: 'login', username: 'Alice01', password: 'Blue-Kettle7' }],
  ])('guards %s', async (path, body) => {
    expect((await knockTooOften(() => test.client.post(path, body))).status).toBe(429);
  });

  it('counts what is refused too: garbage is not free', async () => {
    expect((await knockTooOften(() => test.client.post('/api/v1/auth/login', { username: 0 }))).status).toBe(429);
  });

  it('stores nothing and asks WeChat nothing beyond the limit', async () => {
    const codes = await test.wechat.codes('alice', LIMIT + 1);
    for (const code of codes.slice(1)) await test.client.post('/api/v1/auth/wechat', { code });
    const [before, calls] = [await storedRows(test.dataSource), (await test.wechat.calls()).length];

    expectProblem(await test.client.post('/api/v1/auth/wechat', { code: codes[0] }), 429, 'request.rate_limited');

    expect(await storedRows(test.dataSource)).toEqual(before);
    expect(await test.wechat.calls()).toHaveLength(calls);
  });

  it('counts each network for itself', async () => {
    expect((await knockTooOften(() => check('203.0.113.9'))).status).toBe(429);

    expect((await check('203.0.113.10')).status).toBe(200);
  });

  it('counts the addresses of one IPv6 /64 together, however they are written, and the next /64 apart', async () => {
    const sameNetwork = ['2001:db8:1:2::1', '2001:DB8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2:a:b:1.2.3.4'];
    for (const ipAddress of sameNetwork) expect((await check(ipAddress)).status).toBe(200);

    expect((await check('2001:db8:1:2::2')).status).toBe(429);
    expect((await check('2001:db8:1:3::1')).status).toBe(200);
  });

  it('counts an IPv4 address and its IPv6 spelling together', async () => {
    for (const ipAddress of ['203.0.113.9', '::ffff:203.0.113.9', '::FFFF:203.0.113.9'])
      expect((await check(ipAddress)).status).toBe(200);

    expect((await check('203.0.113.9')).status).toBe(429);
  });

  it('does not count signed-in requests, health checks or the public keys', async () => {
    const { body } = await loginWithWechat(test, 'alice');
    const paths = ['/api/v1/users/me', '/api/v1/sessions', '/health/ready', '/ping', '/.well-known/jwks.json'];
    for (const path of paths)
      for (let i = 0; i <= LIMIT; i++)
        expect((await test.client.get(path, { token: body.accessToken })).status).toBe(200);
  });
});
