import { FakePhone } from './fake-phone.js';
import { DOORS, failure, firstLaunch, inVirtualTime, loggedIn, settled } from './story.js';

describe('the tokens on the phone', () => {
  inVirtualTime();

  it('are encrypted, under one key', async () => {
    const { phone } = await loggedIn();

    expect([...phone.storage].map(([key, { encrypted }]) => [key, encrypted])).toEqual([['wx-login', true]]);
  });

  it('lie under a key of the app’s choice', async () => {
    const { phone } = await loggedIn({ storageKey: 'my-shop' });

    expect([...phone.storage.keys()]).toEqual(['my-shop']);
  });

  it('are kept in the clear where WeChat cannot encrypt', async () => {
    const { phone, client, server } = firstLaunch();
    phone.storageTakes = (_, encrypted) => !encrypted;
    await settled(client.ready());
    server.received.length = 0;

    expect([...phone.storage.values()].map(({ encrypted }) => encrypted)).toEqual([false]);
    expect(await settled(phone.launch().ready())).toMatchObject({ user: { id: '1000' } });
    expect(server.received).toEqual([]);
  });

  it('are found again when encryption comes or goes between two launches', async () => {
    const { phone, server } = await loggedIn();
    for (const takesEncrypted of [false, true, false]) {
      phone.storageTakes = (_, encrypted) => encrypted === takesEncrypted;
      await jest.advanceTimersByTimeAsync(3_600_000);
      expect(await settled(phone.launch().request('/orders'))).toBeDefined();
    }

    expect([server.count(DOORS.wechat), server.count(DOORS.refresh)]).toEqual([0, 3]);
  });

  it('live in memory where nothing can be kept at all', async () => {
    const { phone, client } = firstLaunch();
    phone.storageTakes = () => false;
    for (let i = 0; i < 3; i++) {
      expect(await settled(client.request('/orders'))).toBeDefined();
      await jest.advanceTimersByTimeAsync(3_600_000);
    }
    expect(phone.logins).toBe(1);
  });

  it('do not stay behind as old ones when the storage is full, since they would look stolen', async () => {
    const { phone, client, server } = await loggedIn();
    let isFull = true;
    phone.storageTakes = () => !isFull;
    await jest.advanceTimersByTimeAsync(3_600_000);
    await settled(client.request('/orders'));
    expect(phone.kept).toBeUndefined();

    isFull = false;
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(await settled(phone.launch().request('/orders'))).toBeDefined();
    expect([...server.sessions.values()].filter(({ endedAt }) => endedAt)).toEqual([]);
  });

  it.each([
    ['not JSON', '{"v":1,'],
    ['another thing', '[]'],
    ['null', 'null'],
    ['a number', 7],
    ['an object', { v: 1 }],
    ['another version', '{"v":2,"deviceId":"x","silent":true,"offset":0}'],
    ['a session without a token', '{"v":1,"deviceId":"x","silent":true,"offset":0,"session":{"user":{"id":"1"}}}'],
    ['a session without a user', '{"v":1,"deviceId":"x","silent":true,"offset":0,"session":{"refreshToken":"r"}}'],
  ])('that are damaged (%s) are as good as none: there is a silent login', async (_, data) => {
    const { phone } = await loggedIn();
    for (const encrypted of [true, false]) {
      phone.storage.set('wx-login', { data, encrypted });
      phone.logins = 0;
      expect(await settled(phone.launch().ready())).toMatchObject({ user: { id: '1000' } });
      expect(phone.logins).toBe(1);
    }
  });

  it('that the server never wrote are replaced by a silent login', async () => {
    const { phone, server } = await loggedIn();
    const kept = phone.kept as { session: Record<string, unknown> };
    const data = JSON.stringify({ ...kept, session: { ...kept.session, accessToken: 'x', refreshToken: 'y' } });
    phone.storage.set('wx-login', { data, encrypted: true });

    expect(await settled(phone.launch().request('/orders'))).toBeDefined();
    expect([server.count(DOORS.refresh), phone.logins]).toEqual([1, 1]);
  });

  it('survive a storage that throws', async () => {
    const phone = new FakePhone();
    const broken = (): never => {
      throw new Error('the storage is broken');
    };
    phone.overrides = { getStorage: broken, setStorage: broken, removeStorage: broken };
    const client = phone.launch();

    expect(await settled(client.request('/orders'))).toBeDefined();
    await settled(client.logout());
    expect(client.user).toBeNull();
  });
});

describe('two clients on one storage', () => {
  inVirtualTime();

  it('take turns for a week, and never look like thieves to the server', async () => {
    const { phone, server, client: one } = await loggedIn();
    const two = phone.launch();
    await settled(two.ready());
    for (let hour = 0; hour < 7 * 24; hour++) {
      await jest.advanceTimersByTimeAsync(3_600_000);
      const who = [one, two, two, one, two][hour % 5]!;
      expect(await settled(who.request('/orders'))).toBeDefined();
    }

    expect(phone.logins).toBe(0);
    expect([...server.sessions.values()].map(({ endedAt }) => endedAt)).toEqual([null]);
  });

  it('may refresh at the same moment', async () => {
    const { phone, server, client: one } = await loggedIn();
    const two = phone.launch();
    await settled(two.ready());
    for (let hour = 0; hour < 5; hour++) {
      await jest.advanceTimersByTimeAsync(3_600_000);
      await settled(Promise.all([one.request('/orders'), two.request('/orders')]));
    }

    expect(phone.logins).toBe(0);
    expect([...server.sessions.values()].map(({ endedAt }) => endedAt)).toEqual([null]);
  });

  it('know better than what a sleepy one wrote back', async () => {
    const { phone, server, client } = await loggedIn();
    const old = phone.storage.get('wx-login')!;
    for (let times = 0; times < 3; times++) {
      await jest.advanceTimersByTimeAsync(3_600_000);
      expect(await settled(client.request('/orders'))).toBeDefined();
      phone.storage.set('wx-login', old);
    }

    expect(phone.logins).toBe(0);
    expect([...server.sessions.values()].map(({ endedAt }) => endedAt)).toEqual([null]);
  });

  it('are both out when the user logs out in one', async () => {
    const changes = jest.fn();
    const { phone, client: one } = await loggedIn();
    const two = phone.launch({ onAuthChange: changes });
    await settled(two.ready());

    await settled(one.logout());
    expect(await failure(two.request('/orders'))).toMatchObject({
      code: expect.stringMatching(/logged_out|login_required/) as string,
    });

    expect(phone.logins).toBe(0);
    expect(two.user).toBeNull();
    expect(changes).toHaveBeenCalledWith(expect.objectContaining({ reason: 'elsewhere', user: null }));
  });

  it('are both in when the user logs in in one', async () => {
    const { phone, client: one } = await loggedIn();
    const two = phone.launch();
    await settled(one.logout());
    await settled(two.ready());
    await settled(one.loginWithWechat());

    expect(await settled(two.request('/orders'))).toBeDefined();
    expect(phone.logins).toBe(1);
  });
});
