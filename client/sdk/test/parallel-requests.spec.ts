import { DOORS, inVirtualTime, loggedIn, settled, type Story } from './story.js';

const five = ({ client }: Story) => settled(Promise.all([1, 2, 3, 4, 5].map((n) => client.request(`/orders/${n}`))));
const counts = ({ server, phone }: Story) => ({
  refreshes: server.count(DOORS.refresh),
  logins: server.count(DOORS.wechat),
  codes: phone.logins,
  requests: server.received.filter(({ path }) => path.startsWith('/orders/')).length,
});

describe('five parallel requests', () => {
  inVirtualTime();

  it('all succeed with one refresh when the access token has expired', async () => {
    const story = await loggedIn();
    story.server.expireAccessTokens();

    expect(await five(story)).toHaveLength(5);
    expect(counts(story)).toEqual({ refreshes: 1, logins: 0, codes: 0, requests: 10 });
  });

  it('all succeed with one refresh and one wx.login when the refresh token is dead too', async () => {
    const story = await loggedIn();
    story.server.endSessions();

    expect(await five(story)).toHaveLength(5);
    expect(counts(story)).toEqual({ refreshes: 1, logins: 1, codes: 1, requests: 10 });
  });

  it('wait for one silent login when nobody is logged in yet', async () => {
    const story = await loggedIn();
    story.phone.storage.clear();
    const fresh = { ...story, client: story.phone.launch() };

    expect(await five(fresh)).toHaveLength(5);
    expect(counts(fresh)).toEqual({ refreshes: 0, logins: 1, codes: 1, requests: 5 });
  });

  it('cost no refused request when the phone knows that the token is about to expire', async () => {
    const story = await loggedIn();
    await jest.advanceTimersByTimeAsync(880_000);

    expect(await five(story)).toHaveLength(5);
    expect(counts(story)).toEqual({ refreshes: 1, logins: 0, codes: 0, requests: 5 });
  });

  it('do not refresh again for a refusal that comes after the refresh', async () => {
    const { client, server, phone } = await loggedIn();
    server.expireAccessTokens();
    phone.latencyOf = (path) => (path === '/slow' ? 5_000 : undefined);

    await settled(Promise.all([client.request('/slow'), client.request('/quick')]));

    expect(server.count(DOORS.refresh)).toBe(1);
    expect(server.count('/slow')).toBe(2);
  });

  it('are never more than eight at a time, so that WeChat has room for a login', async () => {
    const { client, phone, server } = await loggedIn();
    server.expireAccessTokens();

    const answers = await settled(Promise.all(Array.from({ length: 50 }, (_, n) => client.request(`/orders/${n}`))));

    expect(answers).toHaveLength(50);
    expect(phone.mostInFlight).toBe(8);
    expect(server.count(DOORS.refresh)).toBe(1);
  });

  it('go on when one in front never gets an answer', async () => {
    const { client, phone } = await loggedIn();
    phone.fate = (path) => (path === '/stuck' ? 'never settles' : 'ok');
    const stuck = Array.from({ length: 8 }, () => client.request('/stuck', { method: 'POST' }).catch(() => 'given up'));

    const answers = await settled(Promise.all([...stuck, client.request('/behind')]));

    expect(answers).toEqual([...Array.from({ length: 8 }, () => 'given up'), expect.anything()]);
  });
});
