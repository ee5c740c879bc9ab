import { ALICE, DOORS, failure, inVirtualTime, loggedIn, loggedInWithPassword, settled } from './story.js';

describe('who has to log in by hand', () => {
  inVirtualTime();

  it('is asked once also when some of the requests had to wait for a slot', async () => {
    const asked = jest.fn();
    const { client, server } = await loggedInWithPassword({ onLoginRequired: asked });
    server.endSessions();

    await settled(Promise.all(Array.from({ length: 30 }, () => client.request('/orders').catch(() => {}))));

    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('is asked once for requests that fail together, and again later', async () => {
    const asked = jest.fn();
    const { client, server } = await loggedInWithPassword({ onLoginRequired: asked });
    server.endSessions();

    const errors = await settled(
      Promise.all([1, 2, 3, 4, 5].map((n) => client.request(`/orders/${n}`).catch((error: unknown) => error))),
    );
    expect(errors).toEqual(
      Array.from({ length: 5 }, () => expect.objectContaining({ code: 'client.login_required' }) as object),
    );
    expect(asked).toHaveBeenCalledTimes(1);

    await failure(client.request('/orders'));
    expect(asked).toHaveBeenCalledTimes(2);
  });
});

describe('logging in by hand', () => {
  inVirtualTime();

  it('with a wrong password leaves who was logged in logged in', async () => {
    const { client } = await loggedIn();

    expect(await failure(client.loginWithPassword(ALICE))).toMatchObject({
      status: 401,
      code: 'auth.invalid_credentials',
    });

    expect(client.user).toMatchObject({ id: '1000' });
    expect(await settled(client.request('/orders'))).toBeDefined();
  });

  it('is one attempt when the button is tapped twice', async () => {
    const { client, server } = await loggedInWithPassword();
    await settled(client.logout());
    server.received.length = 0;

    const [first, second] = await settled(
      Promise.all([client.loginWithPassword(ALICE), client.loginWithPassword(ALICE)]),
    );

    expect(second).toEqual(first);
    expect(server.count(DOORS.login)).toBe(1);
  });

  it('is never attempted twice by itself, since each attempt counts', async () => {
    const { client, server, phone } = await loggedIn();
    for (const fate of ['lost answer', 'offline', 'interrupted'] as const) {
      server.received.length = 0;
      phone.fate = (path) => (path === DOORS.login || path === DOORS.register ? fate : 'ok');
      await failure(client.loginWithPassword(ALICE));
      await failure(client.register(ALICE));
      expect(server.received.length).toBe(fate === 'lost answer' ? 2 : 0);
    }
  });

  it('ends the session that it replaces', async () => {
    const { client, server } = await loggedIn();

    await settled(client.register(ALICE));

    const [wechat, password] = [...server.sessions.values()];
    expect(wechat!.endedAt).not.toBeNull();
    expect(password!.endedAt).toBeNull();
    expect(await settled(client.request('/orders'))).toMatchObject({ userId: password!.user.id });
  });

  it('waits for what is under way, and lets requests of the user of before fail rather than be sent as another', async () => {
    const { client, server, phone } = await loggedIn();
    server.expireAccessTokens();
    phone.latencyOf = (path) => ({ [DOORS.refresh]: 2_000, '/orders': 100 })[path];

    const order = client.request('/orders').catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(500);
    const registered = client.register(ALICE);
    await settled(registered);

    expect(await order).toMatchObject({ code: 'client.user_changed' });
    const senders = server.received.filter(({ path }) => path === '/orders').map(({ accessToken }) => accessToken);
    expect(new Set(senders).size).toBe(2); // Alice's token of before and of after the refresh
    expect(phone.overlaps).toBe(0);
    expect(client.user).toMatchObject({ id: (await registered).user.id });
  });
});
