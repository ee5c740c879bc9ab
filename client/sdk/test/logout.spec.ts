import type { AuthChange } from '../src/index.js';
import { FakePhone } from './fake-phone.js';
import { ALICE, DOORS, failure, firstLaunch, inVirtualTime, loggedIn, loggedInWithPassword, settled } from './story.js';

describe('logging out', () => {
  inVirtualTime();

  it('ends the session on the server and forgets the tokens on the phone', async () => {
    const { client, server, phone } = await loggedIn();

    await settled(client.logout());

    expect([...server.sessions.values()].map(({ endedAt }) => endedAt)).toEqual([expect.any(Date)]);
    expect(JSON.stringify(phone.kept)).not.toMatch(/at_|rt_/);
    expect(phone.kept).toMatchObject({ silent: false });
    expect(client.user).toBeNull();
  });

  it('works without a network, and takes no longer than three seconds', async () => {
    const { client, phone } = await loggedIn();
    phone.fate = () => 'never settles';
    let isOut = false;
    void client.logout().then(() => (isOut = true));

    await jest.advanceTimersByTimeAsync(50);
    expect(client.user).toBeNull();
    expect(phone.kept).toMatchObject({ silent: false });
    await jest.advanceTimersByTimeAsync(4_000);
    expect(isOut).toBe(true);
  });

  it('ends the session even when the access token has expired', async () => {
    const { client, server } = await loggedIn();
    server.expireAccessTokens();

    await settled(client.logout());

    expect([...server.sessions.values()].map(({ endedAt }) => endedAt)).toEqual([expect.any(Date)]);
    expect(client.user).toBeNull();
  });

  it('wins over a refresh under way: its answer changes nothing, and is not left open on the server', async () => {
    const { client, server, phone } = await loggedIn();
    server.expireAccessTokens();
    phone.latencyOf = (path) => (path === DOORS.refresh ? 2_000 : undefined);
    const order = client.request('/orders').catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(1_000);

    await settled(client.logout());

    expect(await order).toMatchObject({ code: 'client.logged_out' });
    expect(server.count('/orders')).toBe(1);
    expect(client.user).toBeNull();
    expect(phone.kept).toMatchObject({ silent: false });
    expect(phone.kept).not.toHaveProperty('session');
    expect([...server.sessions.values()].map(({ endedAt }) => endedAt)).toEqual([expect.any(Date)]);
  });

  it('wins over new tokens that are just being written down', async () => {
    const { server, phone } = await loggedIn();
    const { setStorage } = phone.wx();
    const slowly = jest.fn((options: Parameters<typeof setStorage>[0]) => void setTimeout(setStorage, 1_000, options));
    phone.overrides = { setStorage: slowly };
    const client = phone.launch();
    await settled(client.ready());
    server.expireAccessTokens();
    const order = client.request('/orders').catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(500);
    expect(slowly).toHaveBeenCalledTimes(1);
    await settled(client.logout());

    expect(await order).toMatchObject({ code: 'client.logged_out' });
    expect(client.user).toBeNull();
    expect(phone.kept).not.toHaveProperty('session');
    expect([...server.sessions.values()].map(({ endedAt }) => endedAt)).toEqual([expect.any(Date)]);
  });

  it('wins over the silent login of the launch', async () => {
    const { client, server, phone } = firstLaunch();
    phone.latencyOf = () => 2_000;
    void client.ready();
    await jest.advanceTimersByTimeAsync(1_500);

    await settled(client.logout());

    expect(client.user).toBeNull();
    expect(phone.kept).toMatchObject({ silent: false });
    expect([...server.sessions.values()].map(({ endedAt }) => endedAt)).toEqual([expect.any(Date)]);
  });

  it('wins over a login by hand that is under way', async () => {
    const { client, phone } = await loggedInWithPassword();
    await settled(client.logout());
    phone.latencyOf = () => 2_000;
    const login = client.loginWithPassword(ALICE).catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(1_500);

    await settled(client.logout());

    expect(await login).toMatchObject({ code: 'client.logged_out' });
    expect(client.user).toBeNull();
  });

  it('lets no answer of before reach the app after it', async () => {
    const { client, phone } = await loggedIn();
    phone.latencyOf = (path) => (path === '/orders' ? 5_000 : undefined);
    const order = client.request('/orders').catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(1_000);

    await settled(client.logout());

    expect(await order).toMatchObject({ code: 'client.logged_out' });
  });

  it('sends no request again, and none that was still waiting', async () => {
    const { client, server, phone } = await loggedIn();
    server.expireAccessTokens();
    phone.latencyOf = () => 2_000;
    const orders = Array.from({ length: 20 }, () => client.request('/orders').catch((error: unknown) => error));
    await jest.advanceTimersByTimeAsync(2_500); // eight were refused, a refresh is under way

    const before = server.count('/orders');
    await settled(client.logout());

    expect(server.count('/orders')).toBe(before);
    expect((await Promise.all(orders)).map((error) => (error as { code: string }).code)).toEqual(
      Array.from({ length: 20 }, () => 'client.logged_out'),
    );
  });

  it('may be asked for twice', async () => {
    const { client, server } = await loggedIn();

    await settled(Promise.all([client.logout(), client.logout()]));

    expect(server.count(DOORS.logout)).toBe(1);
  });

  it('lets the user log in again at once', async () => {
    const { client, phone } = await loggedIn();
    void client.logout();

    expect(await settled(client.loginWithWechat())).toMatchObject({ user: { id: '1000' }, isNewUser: false });
    expect(phone.kept).toMatchObject({ silent: true, session: { kind: 'wechat' } });
  });

  it('of all devices ends every session, or none at all when the server cannot be told', async () => {
    const { client, server, phone } = await loggedIn();
    const other = firstLaunch({}, new FakePhone(server));
    await settled(other.client.ready());
    phone.fate = () => 'offline';
    expect(await failure(client.logoutAll())).toMatchObject({ code: 'client.offline' });
    expect(client.user).not.toBeNull();

    phone.fate = () => 'ok';
    await settled(client.logoutAll());
    expect([...server.sessions.values()].filter(({ endedAt }) => !endedAt)).toEqual([]);
    expect(client.user).toBeNull();
  });
});

describe('onAuthChange', () => {
  inVirtualTime();

  it('tells of login, end and logout, and of no refresh', async () => {
    const changes: AuthChange[] = [];
    const { client, server } = firstLaunch({ onAuthChange: (change) => changes.push(change) });
    await settled(client.ready());
    server.expireAccessTokens();
    await settled(client.request('/orders'));
    server.endSessions();
    await settled(client.request('/orders'));
    await settled(client.logout());

    expect(changes.map(({ user, reason, error }) => [reason, user?.id, error?.code])).toEqual([
      ['login', '1000', undefined],
      ['ended', undefined, 'sessions.ended'],
      ['login', '1000', undefined],
      ['logout', undefined, undefined],
    ]);
  });

  it('is silent for whoever wants to hear no more', async () => {
    const { client } = await loggedIn();
    const [one, two] = [jest.fn(), jest.fn()];
    const stop = client.onAuthChange(one);
    client.onAuthChange(two);
    stop();

    await settled(client.logout());

    expect([one.mock.calls.length, two.mock.calls.length]).toEqual([0, 1]);
  });
});
