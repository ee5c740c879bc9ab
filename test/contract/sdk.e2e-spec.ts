import type { AuthError } from '@wx-login/sdk';
import { Admin } from '../support/admins.js';
import { SdkPhone } from '../support/sdk-phone.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const ME = '/api/v1/users/me';
const REFRESH = 'POST /api/v1/auth/refresh';
const LOGIN = 'POST /api/v1/auth/wechat';
const PASSWORD = 'Blue-Kettle7';

const failure = (promise: Promise<unknown>): Promise<AuthError> =>
  promise.then(
    (value) => Promise.reject(new Error(`Nothing failed: ${JSON.stringify(value)}`)),
    (error: AuthError) => error,
  );

describe('the SDK with the real server', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp();
  });

  afterAll(() => test.close());

  async function loggedIn(user: string) {
    const phone = new SdkPhone(test, user);
    const client = phone.launch();
    expect((await client.ready()).error).toBeUndefined();
    phone.sent.length = phone.logins = 0;
    const five = () => Promise.all([1, 2, 3, 4, 5].map(() => client.request<{ id: string }>(ME)));
    return { phone, client, five };
  }

  it('logs in silently, and the device list knows the phone by its name', async () => {
    const phone = new SdkPhone(test, 'silent', '23127PN0CC');
    const client = phone.launch();

    const { user } = await client.ready();

    expect(user).toMatchObject({ username: null, role: 'user' });
    expect(await client.getUser()).toEqual(user);
    expect(await client.devices.list()).toMatchObject([
      { current: true, deviceName: '23127PN0CC · Android 14', platform: 'android', loginMethod: 'wechat' },
    ]);
    expect(phone.sent.map(({ request }) => request)).toEqual([LOGIN, `GET ${ME}`, 'GET /api/v1/sessions']);
  });

  it('five requests with an expired access token: five succeed, one refresh', async () => {
    const { phone, client, five } = await loggedIn('expired');
    test.clock.advance({ minutes: 16 });

    expect((await five()).map(({ id }) => id)).toEqual(Array.from({ length: 5 }, () => client.user!.id));

    expect([phone.count(REFRESH), phone.count(LOGIN), phone.logins]).toEqual([1, 0, 0]);
  });

  it('five requests with a dead refresh token: five succeed, one refresh, one wx.login', async () => {
    const { phone, five } = await loggedIn('dead');
    test.clock.advance({ days: 8 });

    expect(await five()).toHaveLength(5);

    expect([phone.count(REFRESH), phone.count(LOGIN), phone.logins]).toEqual([1, 1, 1]);
  });

  it('is logged in again after another device has ended its session', async () => {
    const { phone, five } = await loggedIn('ended');
    const other = new SdkPhone(test, 'ended', 'iPhone 17').launch();
    await other.ready();
    await other.devices.endOthers();

    expect(await five()).toHaveLength(5);

    expect([phone.count(REFRESH), phone.logins]).toEqual([1, 1]);
    expect(await other.devices.list()).toHaveLength(2);
  });

  it('repairs lost answers of a login and of a refresh: one session, and nobody taken for a thief', async () => {
    const phone = new SdkPhone(test, 'lossy');
    phone.losesAnswerOf.push('/api/v1/auth/wechat', '/api/v1/auth/refresh');
    const client = phone.launch();
    await client.ready();
    test.clock.advance({ minutes: 16 });

    await client.getUser();

    expect([phone.count(LOGIN), phone.count(REFRESH), phone.logins]).toEqual([2, 2, 1]);
    expect(await client.devices.list()).toHaveLength(1);
  });

  it('ends for a thief and the victim alike, and only the victim comes back', async () => {
    const { phone, client } = await loggedIn('robbed');
    const stolen = phone.keptRefreshToken;
    let { body: thief } = await test.client.refresh(stolen);
    test.clock.advance({ minutes: 16 });
    ({ body: thief } = await test.client.refresh(thief.refreshToken));

    expect(await client.getUser()).toMatchObject({ id: client.user!.id });

    expect(phone.logins).toBe(1);
    expect((await test.client.refresh(thief.refreshToken)).status).toBe(401);
  });

  it('is told in time that WeChat is down, stays logged in where it was, and heals', async () => {
    const { client } = await loggedIn('lucky');
    await test.wechat.fault('http:502');
    const unlucky = new SdkPhone(test, 'unlucky').launch({ locale: 'en', retries: 0 });
    test.clock.advance({ minutes: 16 });

    expect((await unlucky.ready()).error).toMatchObject({ code: 'wechat.unavailable', status: 503 });
    expect(await client.getUser()).toEqual(client.user);

    await test.wechat.heal();
    test.clock.advance({ minutes: 1 });
    expect(await unlucky.loginWithWechat()).toMatchObject({ isNewUser: true });
  });

  it('stays logged in without a network', async () => {
    const { phone, client } = await loggedIn('tunnel');
    phone.isOffline = true;

    expect(await failure(client.getUser())).toMatchObject({
      code: 'client.offline',
      message: '网络不可用，请检查网络连接',
    });

    phone.isOffline = false;
    expect(await client.getUser()).toEqual(client.user);
    expect(phone.logins).toBe(0);
  });

  it('speaks the server’s own words at registration and login, in both languages', async () => {
    const phone = new SdkPhone(test, 'words');
    const [zh, en] = [phone.launch(), phone.launch({ locale: 'en', storageKey: 'en' })];
    await zh.register({ username: 'Words01', password: PASSWORD });
    const taken = { username: 'words01', password: PASSWORD };

    expect(await failure(zh.register(taken))).toMatchObject({
      ...{ status: 409, code: 'users.username_taken', message: '用户名已存在' },
      requestId: expect.stringMatching(/^[\w-]+$/) as string,
    });
    expect(await failure(en.register(taken))).toMatchObject({ message: 'This username is already taken' });
    expect((await failure(zh.register({ username: 'a', password: PASSWORD }))).errors).toMatchObject([
      { field: 'username' },
    ]);
    expect(await failure(zh.register({ username: 'Words02', password: 'P@ssw0rd' }))).toMatchObject({
      code: 'users.password_too_weak',
    });
    expect(await failure(zh.loginWithPassword({ username: 'Words01', password: 'wrong' }))).toMatchObject({
      ...{ status: 401, code: 'auth.invalid_credentials', message: '账号或密码错误' },
    });
    expect(zh.user).toMatchObject({ username: 'Words01' });
  });

  it('passes on how long to wait after too many attempts', async () => {
    const client = new SdkPhone(test, 'guesser').launch();
    await client.register({ username: 'Guessed01', password: PASSWORD });
    const strangers = new SdkPhone(test, 'stranger').launch();
    let error: AuthError | undefined;
    for (let guess = 0; guess < 50 && error?.status !== 429; guess++) {
      error = await failure(strangers.loginWithPassword({ username: 'Guessed01', password: `Wrong-${guess}` }));
    }

    expect(error).toMatchObject({ code: 'auth.too_many_attempts', retryAfter: expect.any(Number) as number });
    expect(error!.retryAfter).toBeGreaterThan(0);
    expect(await strangers.loginWithWechat()).toMatchObject({ isNewUser: true });
  });

  it('binds a phone number, and logs in with it in one tap', async () => {
    const { phone, client } = await loggedIn('tapper');
    const { id } = client.user!;

    expect(await client.bindPhone(await phone.tapPhoneButton('13800138000'))).toEqual({ phone: '138****8000' });
    expect(client.user).toMatchObject({ phone: '138****8000' });
    await client.logout();

    expect(await client.loginWithPhone(await phone.tapPhoneButton('13800138000'))).toMatchObject({ user: { id } });
    const misused = { detail: { code: await test.wechat.code('tapper') } };
    expect(await failure(client.bindPhone(misused))).toMatchObject({ code: 'wechat.phone_code_invalid' });
  });

  it('is thrown out by a ban, and told so', async () => {
    const { client } = await loggedIn('spammer');
    const admin = await Admin.start(test);
    await admin.ban(client.user!.id);

    expect(await failure(client.getUser())).toMatchObject({
      code: 'users.banned',
      status: 403,
      message: '账号已被封禁',
    });
  });

  it('ends the session on the server by a logout, and does not log in again by itself', async () => {
    const { phone, client } = await loggedIn('leaver');
    const refreshToken = phone.keptRefreshToken;
    await client.logout();
    phone.sent.length = 0;

    expect((await test.client.refresh(refreshToken)).body).toMatchObject({ code: 'sessions.ended' });
    const again = phone.launch();
    expect(await again.ready()).toEqual({ user: null, error: undefined });
    expect(await failure(again.getUser())).toMatchObject({ code: 'client.login_required' });
    expect([phone.sent, phone.logins]).toEqual([[], 0]);
  });
});
