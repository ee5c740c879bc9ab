import { problem } from './fake-server.js';
import { DOORS, failure, firstLaunch, inVirtualTime, loggedIn, settled } from './story.js';

const METHODS = [
  ['GET', 2],
  ['PUT', 2],
  ['DELETE', 2],
  ['POST', 1],
] as const;

describe('a request and the network', () => {
  inVirtualTime();

  it.each(METHODS)('whose answer is lost: %s is sent %i times', async (method, times) => {
    const { client, server, phone } = await loggedIn();
    phone.fate = (path) => (path === '/orders' ? 'lost answer' : 'ok');

    expect(await failure(client.request('/orders', { method }))).toMatchObject({ code: 'client.timeout', status: 0 });

    expect(server.count('/orders')).toBe(times);
  });

  it('sends a POST again that the server knows to be the same', async () => {
    const { client, server, phone } = await loggedIn();
    let losses = 1;
    phone.fate = (path) => (path === '/orders' && losses-- > 0 ? 'lost answer' : 'ok');
    const header = { 'Idempotency-Key': 'order-17' };

    expect(await settled(client.request('/orders', { method: 'POST', header, idempotent: true }))).toBeDefined();

    expect(server.count('/orders')).toBe(2);
  });

  it('sends nothing again that is not to be', async () => {
    const { client, server, phone } = await loggedIn({ retries: 0 });
    phone.fate = (path) => (path === '/orders' ? 'lost answer' : 'ok');

    await failure(client.request('/orders'));

    expect(server.count('/orders')).toBe(1);
  });

  it.each([
    [429, 'request.rate_limited'],
    [503, 'service.unavailable'],
  ])('waits out the Retry-After of a %s before it sends a GET again', async (status, code) => {
    const { client, server } = await loggedIn();
    let busy = 1;
    server.instead = ({ path }) =>
      path === '/orders' && busy-- > 0 ? problem(status, code, { retryAfter: 7 }) : undefined;

    expect(await settled(client.request('/orders'))).toBeDefined();

    const [first, second] = server.received.filter(({ path }) => path === '/orders').map(({ at }) => at);
    expect(second! - first!).toBeGreaterThanOrEqual(7_000);
    expect(second! - first!).toBeLessThan(8_500);
  });

  it('takes Retry-After from the header of a proxy too', async () => {
    const { client, server } = await loggedIn();
    server.instead = ({ path }) =>
      path === '/orders' ? { status: 503, body: '<html>', header: { 'Retry-After': '120' } } : undefined;

    expect(await failure(client.request('/orders'))).toMatchObject({
      code: 'client.bad_answer',
      status: 503,
      retryAfter: 120,
    });
    expect(server.count('/orders')).toBe(1);
  });

  it('tells the app to wait, instead of making it wait, for longer than ten seconds, and for a POST', async () => {
    const { client, server } = await loggedIn();
    server.instead = ({ path, body }) =>
      path === '/orders' ? problem(429, 'request.rate_limited', { retryAfter: body.seconds ?? 60 }) : undefined;

    expect(await failure(client.request('/orders'))).toMatchObject({ retryAfter: 60 });
    expect(await failure(client.request('/orders', { method: 'POST', data: { seconds: 1 } }))).toMatchObject({
      retryAfter: 1,
    });
    expect(server.count('/orders')).toBe(2);
  });

  it.each([400, 404, 409, 500])('does not send a GET again after a %i', async (status) => {
    const { client, server } = await loggedIn();
    server.instead = ({ path }) => (path === '/orders' ? problem(status, 'orders.failed') : undefined);

    expect(await failure(client.request('/orders'))).toMatchObject({ status });
    expect(server.count('/orders')).toBe(1);
  });

  it('gives up after ten seconds on a platform that never calls back, or when the request says', async () => {
    const { client, phone } = await loggedIn({ retries: 0 });
    phone.fate = (path) => (path === '/orders' ? 'never settles' : 'ok');
    const outcomes: string[] = [];
    const ask = (name: string, timeout?: number) =>
      void client
        .request('/orders', { timeout })
        .catch(({ code }: { code: string }) => outcomes.push(`${name} ${code}`));
    ask('usual');
    ask('short', 2_000);

    await jest.advanceTimersByTimeAsync(3_500);
    expect(outcomes).toEqual(['short client.timeout']);
    await jest.advanceTimersByTimeAsync(8_000);
    expect(outcomes).toEqual(['short client.timeout', 'usual client.timeout']);
  });

  it('says what a developer forgot: the domain', async () => {
    const { client, phone, server } = await loggedIn();
    phone.overrides = {
      request: ({ fail }) => fail?.({ errMsg: 'request:fail url not in domain list', errno: 600002 }),
    };

    expect(await failure(phone.launch().request('/orders'))).toMatchObject({
      code: 'client.domain_not_allowed',
      errno: 600002,
    });
    expect(server.received).toEqual([]);
    expect(client.user).not.toBeNull();
  });

  it('gives an undefined body for 204, and refuses a page of HTML', async () => {
    const { client, server } = await loggedIn();
    server.instead = ({ path }) =>
      path === '/orders/1' ? { status: 204 } : path === '/orders/2' ? { status: 200, body: '<html>' } : undefined;

    expect(await settled(client.request('/orders/1', { method: 'DELETE' }))).toBeUndefined();
    expect(await failure(client.request('/orders/2'))).toMatchObject({ code: 'client.bad_answer', status: 200 });
  });

  it('sends what is open to everyone without a token, and without a login', async () => {
    const { client, server, phone } = firstLaunch();

    await settled(client.request('/api/v1/auth/username-available', { data: { username: 'Bob' }, anonymous: true }));

    expect(server.received.map(({ path, accessToken }) => [path, accessToken])).toEqual([
      ['/api/v1/auth/username-available', undefined],
    ]);
    expect(phone.logins).toBe(0);
  });

  it('goes to no other host, whatever the path says', async () => {
    const { phone } = await loggedIn();
    const urls: string[] = [];
    phone.overrides = { request: ({ url, fail }) => void (urls.push(url), fail?.({ errMsg: 'request:fail' })) };
    const client = phone.launch({ retries: 0 });

    for (const path of ['.evil.com/x', '@evil.com/x', 'https://evil.com/x', '//evil.com/x', ':8080/x']) {
      await failure(client.request(path));
    }

    expect(urls.map((url) => new URL(url).origin)).toEqual(Array.from({ length: 5 }, () => 'https://api.example.com'));
  });
});

describe('a request that is cut off in the background', () => {
  inVirtualTime();

  it('is sent again when the app is back, however long that takes', async () => {
    const { client, server, phone } = await loggedIn();
    phone.fate = (path) => (path === '/orders' ? 'interrupted' : 'ok');
    const order = client.request('/orders');
    order.catch(() => {});
    phone.hide();
    await jest.advanceTimersByTimeAsync(600_000);
    expect(server.count('/orders')).toBe(0);

    phone.fate = () => 'ok';
    phone.show();
    expect(await settled(order)).toBeDefined();
  });

  it('is sent again at once when the news comes after the app is back', async () => {
    const { client, phone } = await loggedIn();
    let cuts = 1;
    phone.fate = (path) => (path === '/orders' && cuts-- > 0 ? 'interrupted' : 'ok');
    phone.hide();
    phone.show();

    expect(await settled(client.request('/orders'))).toBeDefined();
  });

  it('is not sent again when it is a POST: nobody knows whether it arrived', async () => {
    const { client, server, phone } = await loggedIn();
    phone.fate = (path) => (path === '/orders' ? 'interrupted' : 'ok');

    expect(await failure(client.request('/orders', { method: 'POST' }))).toMatchObject({ code: 'client.interrupted' });
    expect(server.count('/orders')).toBe(0);
  });

  it('does not go round for ever on a platform that cuts everything', async () => {
    const { client, phone } = await loggedIn();
    phone.fate = () => 'interrupted';

    expect(await failure(client.request('/orders'))).toMatchObject({ code: 'client.interrupted' });
  });

  it('and is a refresh, is repaired', async () => {
    const { client, server, phone } = await loggedIn();
    server.expireAccessTokens();
    phone.fate = (path) => (path === DOORS.refresh ? 'interrupted' : 'ok');
    phone.hide();
    const order = client.request('/orders');
    order.catch(() => {});
    await jest.advanceTimersByTimeAsync(3_600_000);

    phone.fate = () => 'ok';
    phone.show();
    expect(await settled(order)).toBeDefined();
    expect(phone.logins).toBe(0);
  });

  it('and is a login, gets the session that its code has opened already', async () => {
    const { client, server, phone } = firstLaunch();
    let cuts = 1;
    phone.fate = (path) => (path === DOORS.wechat && cuts-- > 0 ? 'lost answer' : 'ok');

    expect(await settled(client.ready())).toMatchObject({ user: { id: '1000' }, error: undefined });

    expect([phone.logins, server.sessions.size]).toEqual([1, 1]);
  });
});
