import { FakePhone } from './fake-phone.js';

const REFRESH = '/api/v1/auth/refresh';
const WECHAT = '/api/v1/auth/wechat';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Lets virtual time pass until the promise is settled. */
async function settled<T>(promise: Promise<T>): Promise<T> {
  await jest.advanceTimersByTimeAsync(60_000);
  return promise;
}

async function loggedIn() {
  const phone = new FakePhone();
  const client = phone.launch();
  await settled(client.ready());
  phone.server.received.length = phone.logins = 0;
  return { phone, client, server: phone.server };
}

describe('five parallel requests', () => {
  it('all succeed with one refresh when the access token has expired', async () => {
    const { phone, client, server } = await loggedIn();
    server.expireAccessTokens();

    const answers = await settled(Promise.all([1, 2, 3, 4, 5].map((n) => client.request(`/orders/${n}`))));

    expect(answers).toHaveLength(5);
    expect(server.count(REFRESH)).toBe(1);
    expect(phone.logins).toBe(0);
  });

  it('all succeed with one refresh and one wx.login when the refresh token is dead too', async () => {
    const { phone, client, server } = await loggedIn();
    server.endSessions();

    const answers = await settled(Promise.all([1, 2, 3, 4, 5].map((n) => client.request(`/orders/${n}`))));

    expect(answers).toHaveLength(5);
    expect([server.count(REFRESH), server.count(WECHAT), phone.logins]).toEqual([1, 1, 1]);
  });
});
