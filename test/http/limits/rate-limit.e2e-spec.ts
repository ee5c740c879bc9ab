import type { ProblemDetails } from '../../../src/platform/errors/problem-details.dto.js';
import { limitOf, RATE_CLASSES, type RateClassName } from '../../../src/platform/rate-limit/rate-classes.js';
import { Admin } from '../../support/admins.js';
import type { Answer } from '../../support/http-client.js';
import { freshUsername, PASSWORD, registered } from '../../support/password-users.js';
import { expectProblem } from '../../support/problems.js';
import { storedRows } from '../../support/stored-rows.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { loginWithWechat } from '../../support/wechat-phone.js';

const PER_MINUTE = 30;
const LIMITS = Object.fromEntries(
  Object.keys(RATE_CLASSES).map((name) => [name, limitOf(name as RateClassName, PER_MINUTE)]),
) as Record<RateClassName, number>;

describe('limits of each class of doors', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ RATE_LIMIT_PER_MINUTE: String(PER_MINUTE), TRUSTED_PROXIES: 'loopback' });
  });
  beforeEach(() => test.clock.advance({ minutes: 2 })); // every window has ended
  afterAll(() => test?.close());

  /** Knocks as often as the limit allows and once more; says what the last one got. */
  const knockTooOften = async <T>(name: RateClassName, send: () => Promise<Answer<T>>) => {
    for (let i = 0; i < LIMITS[name]; i++) expect((await send()).status).not.toBe(429);
    return send();
  };
  const check = (ipAddress = '203.0.113.9') =>
    test.client.get<ProblemDetails>('/api/v1/auth/username-available?username=Alice01', {
      headers: { 'x-forwarded-for': ipAddress },
    });
  const rates = ({ headers }: Answer<unknown>) => [headers.get('ratelimit-policy'), headers.get('ratelimit')];

  it('say in every answer what is left, and in the refusal when to come back', async () => {
    const { availability: limit } = LIMITS;
    for (let left = limit - 1; left >= 0; left--)
      expect(rates(await check())).toEqual([`"availability";q=${limit};w=60`, `"availability";r=${left};t=60`]);

    test.clock.advance({ seconds: 17.2 });
    const answer = await check();

    expectProblem(answer, 429, 'request.rate_limited');
    expect(answer.body.retryAfter).toBe(43);
    expect(answer.headers.get('retry-after')).toBe('43');
    expect(rates(answer)).toEqual([`"availability";q=${limit};w=60`, '"availability";r=0;t=43']);
    test.clock.advance({ seconds: 43 });
    expect((await check()).status).toBe(200);
  });

  it.each([
    ['password', '/api/v1/auth/login', { username: 0 }],
    ['password', '/api/v1/auth/web/login', { username: 0 }],
    ['password', '/api/auth', { action: 'login', username: 0 }],
    ['wechat', '/api/v1/auth/wechat', { code: 'x' }],
    ['wechat', '/api/auth', { action: 'wechat', code: 'x' }],
    ['phone', '/api/v1/auth/phone', { loginCode: 'x', phoneCode: 'x' }],
    ['register', '/api/v1/auth/register', { username: '0', password: PASSWORD }],
    ['register', '/api/v1/auth/web/register', { username: '0', password: PASSWORD }],
    ['register', '/api/auth', { action: 'register', username: '0', password: PASSWORD }],
    ['refresh', '/api/v1/auth/refresh', { refreshToken: 'x' }],
    ['refresh', '/api/v1/auth/web/refresh', {}],
    ['refresh', '/api/auth', { action: 'autoLogin', refreshToken: 'x' }],
    ['public', '/api/auth', { action: 'toString' }],
    ['public', '/api/auth', []],
  ] as [RateClassName, string, object][])('count in %s what is sent to %s as %j', async (name, path, body) => {
    const answer = await knockTooOften(name, () => test.client.post<ProblemDetails>(path, body));

    expect(rates(answer)[0]).toBe(`"${name}";q=${LIMITS[name]};w=60`);
    expectProblem(answer, 429, 'request.rate_limited');
  });

  it('count the doors of one class together, and each class for itself: guessing leaves WeChat login open', async () => {
    const guess = (path: string) => test.client.post(path, { username: freshUsername(), password: PASSWORD });
    for (let i = 0; i < LIMITS.password; i++) await guess(i % 2 ? '/api/v1/auth/login' : '/api/v1/auth/web/login');

    expect((await guess('/api/v1/auth/login')).status).toBe(429);
    expect((await guess('/api/v1/auth/web/login')).status).toBe(429);
    expect((await loginWithWechat(test, 'alice')).status).toBe(200);
  });

  it('count what is refused too: garbage is not free', async () => {
    const garbage = () => test.client.post('/api/v1/auth/login', { username: 0 });
    expect((await knockTooOften('password', garbage)).status).toBe(429);
  });

  it('store nothing and ask WeChat nothing beyond the limit', async () => {
    await knockTooOften('wechat', () => test.client.post('/api/v1/auth/wechat', { code: 'x' }));
    const code = await test.wechat.code('alice');
    const [before, calls] = [await storedRows(test.dataSource), (await test.wechat.calls()).length];

    expectProblem(await test.client.post('/api/v1/auth/wechat', { code }), 429, 'request.rate_limited');

    expect(await storedRows(test.dataSource)).toEqual(before);
    expect(await test.wechat.calls()).toHaveLength(calls);
  });

  it('count each network for itself', async () => {
    expect((await knockTooOften('availability', () => check('203.0.113.9'))).status).toBe(429);

    expect((await check('203.0.113.10')).status).toBe(200);
  });

  it('count the addresses of one IPv6 /64 together, however they are written, and the next /64 apart', async () => {
    const written = ['2001:db8:1:2::1', '2001:DB8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2:a:b:1.2.3.4'];
    let n = 0;
    expect((await knockTooOften('availability', () => check(written[n++ % 3]))).status).toBe(429);

    expect((await check('2001:db8:1:2::2')).status).toBe(429);
    expect((await check('2001:db8:1:3::1')).status).toBe(200);
  });

  it('count an IPv4 address and its IPv6 spelling together', async () => {
    const written = ['203.0.113.9', '::ffff:203.0.113.9', '::FFFF:203.0.113.9'];
    let n = 0;
    expect((await knockTooOften('availability', () => check(written[n++ % 3]))).status).toBe(429);

    expect((await check('203.0.113.9')).status).toBe(429);
  });

  it('count a signed-in caller by user, not by address: nobody behind the same one is in their way', async () => {
    const [alice, bob] = [await registered(test), await registered(test)];
    const ask = (token: string) => test.client.get<ProblemDetails>('/api/v1/sessions', { token });
    const again = await test.client.post<typeof alice>('/api/v1/auth/login', {
      username: alice.user.username,
      password: PASSWORD,
    });

    expectProblem(await knockTooOften('caller', () => ask(alice.accessToken)), 429, 'request.rate_limited');
    expect((await ask(again.body.accessToken)).status).toBe(429);
    expect((await ask(bob.accessToken)).status).toBe(200);
  });

  it('give changes of how one logs in, and the doors of admins, classes of their own', async () => {
    const admin = await Admin.start(test);
    const change = () => test.client.send('PUT', '/api/v1/users/me/password', { token: admin.tokens.accessToken });

    expect(rates(await knockTooOften('account', change))[0]).toBe(`"account";q=${LIMITS.account};w=60`);
    expect(rates(await admin.ask('GET', '/users'))[0]).toBe(`"admin";q=${LIMITS.admin};w=60`);
  });

  it('do not hold up health checks or the public keys', async () => {
    for (const path of ['/health', '/health/live', '/health/ready', '/ping', '/.well-known/jwks.json'])
      for (let i = 0; i <= PER_MINUTE; i++) {
        const answer = await test.client.get(path);
        expect([answer.status, ...rates(answer)]).toEqual([200, null, null]);
      }
  });
});
