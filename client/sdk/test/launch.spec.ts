import { FakePhone } from './fake-phone.js';
import { ALICE, DOORS, failure, firstLaunch, inVirtualTime, loggedIn, loggedInWithPassword, settled } from './story.js';

describe('launching the mini-program', () => {
  inVirtualTime();

  it('logs in silently, once, and keeps the login', async () => {
    const { client, server, phone } = firstLaunch();

    const [first, second] = await settled(Promise.all([client.ready(), client.ready()]));

    expect(first).toEqual({ user: expect.objectContaining({ id: '1000' }) as object, error: undefined });
    expect(second).toEqual(first);
    expect([phone.logins, server.count(DOORS.wechat)]).toEqual([1, 1]);
    expect(phone.kept).toMatchObject({ v: 1, silent: true, session: { kind: 'wechat', user: { id: '1000' } } });
  });

  it('tells the server the name of the phone, and the same random id at each login', async () => {
    const { client, server, phone } = firstLaunch({ appId: 'wx00000000000000a1' });
    await settled(client.ready());
    server.endSessions();
    await settled(phone.launch({ appId: 'wx00000000000000a1' }).request('/orders'));

    const logins = server.received.filter(({ path }) => path === DOORS.wechat).map(({ body }) => body);
    expect(logins[0]).toEqual({
      code: expect.any(String) as string,
      appId: 'wx00000000000000a1',
      device: {
        id: expect.any(String) as string,
        name: 'Xiaomi 23127PN0CC · Android 14',
        platform: 'android',
        model: '23127PN0CC',
      },
    });
    expect(logins).toHaveLength(2);
    expect(logins[1]!.device).toEqual(logins[0]!.device);
  });

  it('takes up the login of last time without asking anybody', async () => {
    const { phone, server } = await loggedIn();

    const again = phone.launch();
    expect(again.user).toBeNull();
    expect(await settled(again.ready())).toMatchObject({ user: { id: '1000' } });
    expect(again.user).toMatchObject({ id: '1000' });
    expect(server.received).toEqual([]);
    expect(phone.logins).toBe(0);
  });

  it('renews at once what is about to expire', async () => {
    const { phone, server } = await loggedIn();
    await jest.advanceTimersByTimeAsync(3_600_000);

    await settled(phone.launch().ready());

    expect(server.received.map(({ path }) => path)).toEqual([DOORS.refresh]);
  });

  it('keeps requests waiting that are made before it is ready', async () => {
    const { client, server } = firstLaunch();

    void client.ready();
    await settled(client.request('/orders'));

    expect(server.received.map(({ path }) => path)).toEqual([DOORS.wechat, '/orders']);
  });

  it('needs no call of ready: the first request does it', async () => {
    const { client, server } = firstLaunch();

    await settled(client.request('/orders'));

    expect(server.received.map(({ path }) => path)).toEqual([DOORS.wechat, '/orders']);
  });

  it('leaves the user logged in without a network, and never rejects', async () => {
    const { phone } = await loggedIn();
    await jest.advanceTimersByTimeAsync(3_600_000);
    phone.fate = () => 'offline';

    const { user, error } = await settled(phone.launch().ready());

    expect(user).toMatchObject({ id: '1000' });
    expect(error).toMatchObject({ code: 'client.offline', status: 0 });
  });

  it('says why nobody could be logged in, and tries again with the next request', async () => {
    const { client, phone } = firstLaunch();
    phone.fate = () => 'offline';
    expect(await settled(client.ready())).toMatchObject({ user: null, error: { code: 'client.offline' } });

    phone.fate = () => 'ok';
    expect(await settled(client.request('/orders'))).toBeDefined();
    expect(client.user).toMatchObject({ id: '1000' });
  });

  it('does not log in silently after a logout, today or tomorrow', async () => {
    const { client, phone, server } = await loggedIn();
    await settled(client.logout());
    server.received.length = 0;

    for (const days of [0, 1, 30]) {
      await jest.advanceTimersByTimeAsync(days * 86_400_000);
      const again = phone.launch();
      expect(await settled(again.ready())).toEqual({ user: null, error: undefined });
      expect(await failure(again.request('/orders'))).toMatchObject({ code: 'client.login_required' });
    }
    expect([server.received.length, phone.logins]).toEqual([0, 0]);
  });

  it('logs in silently again once the user has asked for it', async () => {
    const { client, phone } = await loggedIn();
    await settled(client.logout());
    await settled(client.loginWithWechat());
    phone.server.endSessions();

    expect(await settled(phone.launch().request('/orders'))).toBeDefined();
  });

  it('takes a tap on the login button during the silent login for the same login', async () => {
    const { client, server } = firstLaunch();

    void client.ready();
    const tapped = await settled(client.loginWithWechat());

    expect(tapped.user.id).toBe('1000');
    expect(server.count(DOORS.wechat)).toBe(1);
  });

  it('never exchanges a password account for the WeChat account of the phone', async () => {
    const asked = jest.fn();
    const { phone, server } = await loggedInWithPassword();
    server.endSessions();

    const again = phone.launch({ onLoginRequired: asked });
    expect(await failure(again.request('/orders'))).toMatchObject({
      code: 'client.login_required',
      cause: { code: 'sessions.ended' },
    });
    expect(await settled(phone.launch().ready())).toMatchObject({ user: null });
    expect([phone.logins, asked.mock.calls.length]).toEqual([0, 1]);

    expect((await settled(again.loginWithPassword(ALICE))).user.id).toBe('1000');
  });

  it('asks for a fresh code, once, when the server finds one spent', async () => {
    const { client, server, phone } = firstLaunch();
    let first = true;
    server.instead = ({ path }) => {
      if (path !== DOORS.wechat || !first) return undefined;
      first = false;
      return { status: 401, body: { code: 'wechat.login_code_used', title: '微信登录凭证已被使用，请重试' } };
    };

    expect(await settled(client.ready())).toMatchObject({ user: { id: '1000' } });
    expect(phone.logins).toBe(2);
  });

  it('waits 1, 3 and then 10 seconds after failed silent logins, because WeChat counts them', async () => {
    const { client, phone } = firstLaunch({ retries: 0 });
    phone.fate = (path) => (path === DOORS.wechat ? 'offline' : 'ok');
    const tries: number[] = [];
    for (let second = 0; second <= 30; second++) {
      const before = phone.logins;
      const asked = client.request('/orders').catch(() => {});
      await jest.advanceTimersByTimeAsync(1000);
      await asked;
      if (phone.logins > before) tries.push(second);
    }

    expect(tries).toEqual([0, 2, 6, 17, 28]); // asked once a second, a moment after the wait begins
  });

  it('works on a phone whose WeChat answers nothing but requests and logins', async () => {
    const phone = new FakePhone();
    const silent = () => undefined;
    phone.overrides = {
      ...{ getDeviceInfo: undefined, onAppShow: undefined, onAppHide: undefined },
      ...{ getStorage: silent, setStorage: silent, removeStorage: silent },
    };

    expect(await settled(phone.launch().request('/orders'))).toBeDefined();
  });

  it('says that WeChat gave no code', async () => {
    const phone = new FakePhone();
    phone.overrides = { login: ({ fail }) => fail?.({ errMsg: 'login:fail system error', errno: 5 }) };

    const { error } = await settled(phone.launch().ready());

    expect(error).toMatchObject({ code: 'client.wechat_login_failed', errno: 5, message: '微信登录失败，请重试' });
  });
});
