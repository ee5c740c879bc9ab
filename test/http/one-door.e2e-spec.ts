import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import type { ProblemDetails } from '../../src/platform/errors/problem-details.dto.js';
import { whoAmI } from '../support/caller.js';
import type { Answer, RequestOptions } from '../support/http-client.js';
import { outcome } from '../support/outcome.js';
import { freshUsername, PASSWORD, registered, WRONG_PASSWORD } from '../support/password-users.js';
import { expectProblem } from '../support/problems.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { loginWithWechat } from '../support/wechat-phone.js';

const OWN_DOORS: Record<string, string> = {
  wechat: '/api/v1/auth/wechat',
  register: '/api/v1/auth/register',
  login: '/api/v1/auth/login',
  autoLogin: '/api/v1/auth/refresh',
  logout: '/api/v1/auth/logout',
};

describe('POST /api/auth', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());

  const oneDoor = (action: unknown, fields: object = {}, options: RequestOptions = {}) =>
    test.client.post<TokensDto>('/api/auth', { action, ...fields }, options);
  const ownDoor = (action: string, fields: object = {}, options: RequestOptions = {}) =>
    test.client.post<TokensDto>(OWN_DOORS[action]!, fields, options);

  /** All of an answer that is not different each time anyway. */
  function alike({ status, headers, body }: Answer<unknown>): object {
    const { requestId: _, ...rest } = (body || {}) as { requestId?: string };
    const kept = ['content-type', 'cache-control', 'www-authenticate', 'retry-after'];
    return { status, headers: kept.map((name) => headers.get(name)), body: rest };
  }

  describe('opens like the doors under /api/v1/auth', () => {
    const members = ({ body }: Answer<TokensDto>) => [Object.keys(body).sort(), Object.keys(body.user).sort()];

    it('register: 201 and a user that is new', async () => {
      const username = freshUsername();
      const answer = await oneDoor('register', { username, password: PASSWORD, device: { name: 'Xiaomi 14' } });
      const own = await ownDoor('register', { username: freshUsername(), password: PASSWORD });

      expect([answer.status, own.status]).toEqual([201, 201]);
      expect(answer.body).toMatchObject({ isNewUser: true, user: { username } });
      expect(members(answer)).toEqual(members(own));
      expect(answer.headers.get('cache-control')).toBe('no-store');
    });

    it('login: 200 and the same user', async () => {
      const { user } = await registered(test, { username: 'Alice01' });
      const answer = await oneDoor('login', { username: 'alice01', password: PASSWORD });
      const own = await ownDoor('login', { username: 'alice01', password: PASSWORD });

      expect([answer.status, own.status]).toEqual([200, 200]);
      expect([answer.body.user, own.body.user]).toEqual([user, user]);
      expect(members(answer)).toEqual(members(own));
    });

    it('wechat: 200 and the same user', async () => {
      const { body: own } = await loginWithWechat(test, 'bob');
      const answer = await oneDoor('wechat', { code: await test.wechat.code('bob'), device: null });

      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ isNewUser: false, user: own.user });
    });

    it('autoLogin: 200 and the very token that the other door gives', async () => {
      const { refreshToken, sessionId } = await registered(test);
      const answer = await oneDoor('autoLogin', { refreshToken });
      const own = await ownDoor('autoLogin', { refreshToken });

      expect([answer.status, own.status]).toEqual([200, 200]);
      expect(answer.body.sessionId).toBe(sessionId);
      expect(answer.body.refreshToken).toBe(own.body.refreshToken);
    });

    it('logout: 204 and the session is over', async () => {
      const { accessToken } = await registered(test);
      const answer = await oneDoor('logout', {}, { token: accessToken });

      expect([answer.status, answer.text]).toEqual([204, '']);
      expectProblem(await whoAmI(test, accessToken), 401, 'sessions.ended');
    });

    it('names the device of a login through it in the list of sessions', async () => {
      const fields = { username: freshUsername(), password: PASSWORD, device: { name: 'Mate 70', platform: 'ohos' } };
      const { body } = await oneDoor('register', fields);

      const { body: listed } = await test.client.get('/api/v1/sessions', { token: body.accessToken });
      expect(listed).toMatchObject([{ deviceName: 'Mate 70', platform: 'ohos', loginMethod: 'register' }]);
    });
  });

  describe('refuses like the doors under /api/v1/auth', () => {
    it.each<[string, string, string, () => object | Promise<object>]>([
      ['400 request.invalid', 'register', 'a number for a username', () => ({ username: 0, password: PASSWORD })],
      ['400 request.invalid', 'register', 'nothing at all', () => ({})],
      ['400 request.invalid', 'login', 'no password', () => ({ username: 'Alice01' })],
      ['400 request.invalid', 'wechat', 'no code', () => ({})],
      ['400 request.invalid', 'autoLogin', 'no token', () => ({ token: 'x' })],
      [
        '400 request.invalid',
        'login',
        'a device that is a text',
        () => ({ username: 'A', password: 'b', device: 'c' }),
      ],
      [
        '400 users.password_too_weak',
        'register',
        'a weak password',
        () => ({ username: 'Weak01', password: 'kettle' }),
      ],
      ['409 users.username_taken', 'register', 'a taken username', () => taken()],
      ['409 users.email_taken', 'register', 'a taken e-mail address', () => takenEmail()],
      ['401 auth.invalid_credentials', 'login', 'a wrong password', () => wrongPassword()],
      ['401 wechat.login_code_invalid', 'wechat', 'a code that WeChat never gave', () => ({ code: 'made-up-code' })],
      ['400 wechat.app_unknown', 'wechat', 'an unknown app', () => ({ code: 'made-up-code', appId: 'wxffff' })],
      ['401 sessions.refresh_token_invalid', 'autoLogin', 'a made-up token', () => ({ refreshToken: 'wxr1_made-up' })],
      ['401 sessions.refresh_token_expired', 'autoLogin', 'an expired token', () => expired()],
      ['401 sessions.ended', 'autoLogin', 'a token of an ended session', () => loggedOut()],
      ['401 auth.access_token_missing', 'logout', 'no Bearer token', () => ({})],
    ])('%s for %s with %s', async (expected, action, _with, fieldsOf) => {
      const fields = await fieldsOf();

      const [answer, own] = [await oneDoor(action, fields), await ownDoor(action, fields)];

      expect(outcome(answer)).toBe(expected);
      expect(alike(answer)).toEqual(alike(own));
    });

    const taken = async () => ({ username: (await registered(test)).user.username, password: PASSWORD });
    const takenEmail = async () => {
      const email = `${freshUsername()}@example.com`;
      await registered(test, { email });
      return { username: freshUsername(), password: PASSWORD, email };
    };
    const wrongPassword = async () => ({ ...(await taken()), password: WRONG_PASSWORD });
    const expired = async () => {
      const { refreshToken } = await registered(test);
      test.clock.advance({ days: 7 });
      return { refreshToken };
    };
    const loggedOut = async () => {
      const { refreshToken, accessToken } = await registered(test);
      await ownDoor('logout', undefined, { token: accessToken });
      return { refreshToken };
    };

    it('401 sessions.refresh_token_reused for a token used twice', async () => {
      const reused = async () => {
        const { refreshToken } = await registered(test);
        const { body } = await test.client.refresh(refreshToken);
        await test.client.refresh(body.refreshToken);
        return { refreshToken };
      };

      const [answer, own] = [await oneDoor('autoLogin', await reused()), await ownDoor('autoLogin', await reused())];

      expect(outcome(answer)).toBe('401 sessions.refresh_token_reused');
      expect(alike(answer)).toEqual(alike(own));
    });

    it('401 for a logout with a token that is made up, expired, or of an ended session', async () => {
      const { accessToken: ended } = await registered(test);
      await oneDoor('logout', {}, { token: ended });
      const { accessToken: old } = await registered(test);

      expect(outcome(await oneDoor('logout', {}, { token: ended }))).toBe('401 sessions.ended');
      expect(outcome(await oneDoor('logout', {}, { token: 'made.up.token' }))).toBe('401 auth.access_token_invalid');
      test.clock.advance({ minutes: 16 });
      expect(outcome(await oneDoor('logout', {}, { token: old }))).toBe('401 auth.access_token_expired');
    });
  });

  it('lets autoLogin in although the request carries an expired Bearer token', async () => {
    const { accessToken, refreshToken } = await registered(test);
    test.clock.advance({ minutes: 16 });

    for (const token of [accessToken, 'made.up.token'])
      expect(outcome(await oneDoor('autoLogin', { refreshToken }, { token }))).toBe('200');
  });

  it.each([
    ['an unknown one', 'signIn'],
    ['one in another letter case', 'Login'],
    ['none', undefined],
    ['null', null],
    ['a number', 1],
    ['a list', ['login']],
    ['a word that every object knows', 'constructor'],
    ['another such word', '__proto__'],
  ])('refuses as an action %s, and names those there are', async (_what, action) => {
    const answer = await oneDoor(action, { username: 'Alice01', password: PASSWORD });

    expectProblem(answer, 400, 'request.invalid');
    const { errors } = answer.body as unknown as ProblemDetails;
    expect(errors).toEqual([
      { field: 'action', code: 'isIn', message: expect.stringContaining('wechat、register、login、autoLogin、logout') },
    ]);
  });
});
