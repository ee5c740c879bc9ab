import { problem } from './fake-server.js';
import { DOORS, failure, inVirtualTime, loggedIn, settled } from './story.js';

const RENEWING = [
  'auth.access_token_missing',
  'auth.access_token_invalid',
  'auth.access_token_expired',
  'sessions.ended',
];

describe('a request that is refused', () => {
  inVirtualTime();

  it.each(RENEWING)('is sent again after %s, with a new token', async (code) => {
    const { client, server } = await loggedIn();
    let refusals = 1;
    server.instead = ({ path }) => (path === '/orders' && refusals-- > 0 ? problem(401, code) : undefined);

    expect(await settled(client.request('/orders', { method: 'POST', data: { n: 1 } }))).toBeDefined();

    const sent = server.received.filter(({ path }) => path === '/orders');
    expect(sent.map(({ method, body }) => ({ method, body }))).toEqual([
      { method: 'POST', body: { n: 1 } },
      { method: 'POST', body: { n: 1 } },
    ]);
    expect(sent[1]!.accessToken).not.toBe(sent[0]!.accessToken);
    expect(server.count(DOORS.refresh)).toBe(1);
  });

  it.each([
    [401, 'auth.invalid_credentials'],
    [403, 'users.banned'],
    [403, 'auth.forbidden'],
    [403, 'wechat.user_blocked'],
    [429, 'auth.too_many_attempts'],
    [429, 'request.rate_limited'],
    [503, 'wechat.unavailable'],
    [500, 'internal'],
    [404, 'users.not_found'],
  ])('is not renewed after %s %s', async (status, code) => {
    const { client, server, phone } = await loggedIn();
    server.instead = ({ path }) => (path === '/orders' ? problem(status, code) : undefined);

    expect(await failure(client.request('/orders', { method: 'POST' }))).toMatchObject({ status, code });

    expect(server.received.map(({ path }) => path)).toEqual(['/orders']);
    expect(phone.logins).toBe(0);
    expect(client.user).not.toBeNull();
  });

  it('is sent again only once, whatever the server says then', async () => {
    const { client, server } = await loggedIn();
    server.instead = ({ path }) => (path === '/orders' ? problem(401, 'auth.access_token_invalid') : undefined);

    expect(await failure(client.request('/orders'))).toMatchObject({ status: 401, code: 'auth.access_token_invalid' });

    expect([server.count('/orders'), server.count(DOORS.refresh)]).toEqual([2, 1]);
  });

  it('knows nothing of a 401 that is not the server’s own, such as a proxy’s', async () => {
    const { client, server } = await loggedIn();
    server.instead = ({ path }) =>
      path === '/orders' ? { status: 401, body: '<html>Sign in to the Wi-Fi</html>' } : undefined;

    expect(await failure(client.request('/orders', { method: 'POST' }))).toMatchObject({
      status: 401,
      code: 'client.bad_answer',
    });

    expect(server.count(DOORS.refresh)).toBe(0);
  });

  it('is renewed for the codes of your own services that were named', async () => {
    const { client, server } = await loggedIn({ renewOn: ['orders.token_expired'] });
    let refusals = 1;
    server.instead = ({ path }) =>
      path === '/orders' && refusals-- > 0 ? problem(401, 'orders.token_expired') : undefined;

    expect(await settled(client.request('/orders'))).toBeDefined();
  });

  it('is never sent again as somebody else', async () => {
    const { client, server, phone } = await loggedIn();
    server.endSessions();
    phone.wechatUser = 'bob'; // another WeChat account has logged in on this phone

    expect(await failure(client.request('/pay', { method: 'POST' }))).toMatchObject({ code: 'client.user_changed' });

    expect(server.count('/pay')).toBe(1);
    expect(client.user).toMatchObject({ id: '1001' });
  });
});
