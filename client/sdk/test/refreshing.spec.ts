import { problem } from './fake-server.js';
import { DOORS, failure, inVirtualTime, loggedIn, settled } from './story.js';

describe('refreshing', () => {
  inVirtualTime();

  it('repairs a lost answer by asking again with the same token', async () => {
    const { client, server, phone } = await loggedIn();
    server.expireAccessTokens();
    let losses = 1;
    phone.fate = (path) => (path === DOORS.refresh && losses-- > 0 ? 'lost answer' : 'ok');

    expect(await settled(client.request('/orders'))).toBeDefined();

    const tokens = server.received.filter(({ path }) => path === DOORS.refresh).map(({ body }) => body.refreshToken);
    expect(tokens).toHaveLength(2);
    expect(new Set(tokens).size).toBe(1);
    expect(phone.logins).toBe(0);
  });

  it('repairs it hours later, in a newly launched app', async () => {
    const { client, server, phone } = await loggedIn();
    server.expireAccessTokens();
    phone.fate = (path) => (path === DOORS.refresh ? 'lost answer' : 'ok');
    await failure(client.request('/orders'));

    await jest.advanceTimersByTimeAsync(20 * 3_600_000);
    phone.fate = () => 'ok';
    expect(await settled(phone.launch().request('/orders'))).toBeDefined();

    expect(phone.logins).toBe(0);
    expect([...server.sessions.values()].filter(({ endedAt }) => endedAt)).toEqual([]);
  });

  it('keeps the new token before using it, so that an app killed meanwhile is not taken for a thief', async () => {
    const { client, server, phone } = await loggedIn();
    server.expireAccessTokens();
    let keptAtUse: unknown;
    server.instead = ({ path, accessToken }) => {
      if (path === '/orders') keptAtUse = (phone.kept?.session as { accessToken: string }).accessToken === accessToken;
      return undefined;
    };

    await settled(client.request('/orders'));

    expect(keptAtUse).toBe(true);
  });

  it.each(['offline', 'lost request', 'lost answer', 'never settles'] as const)(
    'that fails because the network does (%s) logs nobody out',
    async (fate) => {
      const { client, server, phone } = await loggedIn();
      server.expireAccessTokens();
      const before = phone.kept;
      phone.fate = (path) => (path === DOORS.refresh ? fate : 'ok');

      const error = await failure(client.request('/orders'));
      expect(error.code).toBe(fate === 'offline' ? 'client.offline' : 'client.timeout');
      expect(client.user).not.toBeNull();
      expect(phone.kept).toEqual(before);

      phone.fate = () => 'ok';
      expect(await settled(client.request('/orders'))).toBeDefined();
      expect(phone.logins).toBe(0);
    },
  );

  it.each([
    [403, 'users.banned'],
    [429, 'request.rate_limited'],
    [500, 'internal'],
    [503, 'service.unavailable'],
  ])('that is answered %s %s logs nobody out, and is not worth a wx.login', async (status, code) => {
    const { client, server, phone } = await loggedIn();
    server.expireAccessTokens();
    server.instead = ({ path }) => (path === DOORS.refresh ? problem(status, code) : undefined);

    expect(await failure(client.request('/orders'))).toMatchObject({ status, code });

    expect(client.user).not.toBeNull();
    expect(phone.logins).toBe(0);
    expect(phone.kept).toMatchObject({ session: { user: { id: '1000' } } });
  });

  it('that is answered with anything but tokens logs nobody out', async () => {
    const { client, server, phone } = await loggedIn();
    for (const body of ['<html>Welcome to the Wi-Fi</html>', {}, [], null, 'ok', { accessToken: 'x' }]) {
      server.expireAccessTokens();
      server.instead = ({ path }) => (path === DOORS.refresh ? { status: 200, body } : undefined);
      expect(await failure(client.request('/orders'))).toMatchObject({ code: 'client.bad_answer' });
    }

    server.instead = undefined;
    expect(await settled(client.request('/orders'))).toBeDefined();
    expect(phone.logins).toBe(0);
  });

  it.each([
    [401, 'sessions.refresh_token_invalid'],
    [401, 'sessions.refresh_token_expired'],
    [401, 'sessions.refresh_token_reused'],
    [401, 'sessions.ended'],
    [400, 'request.invalid'],
  ])('that is answered %s %s is followed by one silent login', async (status, code) => {
    const { client, server, phone } = await loggedIn();
    server.expireAccessTokens();
    server.instead = ({ path }) => (path === DOORS.refresh ? problem(status, code) : undefined);

    expect(await settled(client.request('/orders'))).toBeDefined();

    expect([server.count(DOORS.refresh), phone.logins]).toEqual([1, 1]);
  });

  it('gives the token at hand another chance while the server is too busy to renew it', async () => {
    const { client, server } = await loggedIn();
    await jest.advanceTimersByTimeAsync(815_000); // it has 25 seconds left
    server.instead = ({ path }) =>
      path === DOORS.refresh ? problem(503, 'service.unavailable', { retryAfter: 60 }) : undefined;

    expect(await settled(client.request('/orders'))).toMatchObject({ path: '/orders' });
  });

  it('waits as long as the server wants before it asks again', async () => {
    const { client, server } = await loggedIn();
    server.expireAccessTokens();
    server.instead = ({ path }) =>
      path === DOORS.refresh ? problem(429, 'request.rate_limited', { retryAfter: 300 }) : undefined;

    expect(await failure(client.request('/orders'))).toMatchObject({ retryAfter: 300 });
    expect(await failure(client.request('/orders'))).toMatchObject({ code: 'request.rate_limited', retryAfter: 241 });
    expect(server.count(DOORS.refresh)).toBe(1);

    server.instead = undefined;
    await jest.advanceTimersByTimeAsync(200_000);
    expect(await settled(client.request('/orders'))).toBeDefined();
  });

  it('sends nothing with a new token that is not yet written down', async () => {
    const { client, server, phone } = await loggedIn();
    server.expireAccessTokens();
    phone.storageMs = 1_000;
    void client.request('/orders').catch(() => {});
    await jest.advanceTimersByTimeAsync(2_500);
    expect([server.count(DOORS.refresh), server.count('/orders')]).toEqual([1, 1]);

    phone.kill();
    phone.storageMs = 1;
    expect(await settled(phone.launch().request('/orders'))).toBeDefined();
    expect([phone.logins, server.sessions.size]).toEqual([0, 1]);
  });

  it('goes on for weeks without wx.login', async () => {
    const { client, server, phone } = await loggedIn();
    for (let day = 0; day < 29; day++) {
      await jest.advanceTimersByTimeAsync(86_400_000);
      expect(await settled(client.request('/orders'))).toBeDefined();
    }

    expect([phone.logins, server.sessions.size]).toEqual([0, 1]);
    await jest.advanceTimersByTimeAsync(3 * 86_400_000); // beyond the absolute end
    expect(await settled(client.request('/orders'))).toBeDefined();
    expect(phone.logins).toBe(1);
  });
});
