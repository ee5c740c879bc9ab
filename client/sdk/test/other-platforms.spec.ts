import type { WxLike } from '../src/index.js';
import { FakePhone } from './fake-phone.js';
import { ALICE, DOORS, failure, inVirtualTime, settled } from './story.js';

type Method = (options: { success?: (result: unknown) => void; fail?: (failure: unknown) => void }) => unknown;

const ASYNC = ['request', 'login', 'getStorage', 'setStorage', 'removeStorage'];

const eachAsync = (wx: WxLike, change: (method: Method) => Method): WxLike =>
  Object.fromEntries(
    Object.entries(wx).map(([name, method]) => [name, ASYNC.includes(name) ? change(method as Method) : method]),
  ) as unknown as WxLike;

/** Taro answers by its callbacks and by a promise at once; nobody but the SDK is there to hear the promise reject. */
const taro = (wx: WxLike): WxLike =>
  eachAsync(
    wx,
    (method) => (options) =>
      new Promise((resolve, reject) => {
        const { success, fail } = options;
        method({
          ...options,
          success: (result) => (success?.(result), resolve(result)),
          fail: (failed) => (fail?.(failed), reject(failed as Error)),
        });
      }),
  );

/** uni-app makes a promise only for who gives no callbacks, adds names of its own, and has no wx.requirePrivacyAuthorize everywhere. */
const uni = (wx: WxLike): WxLike => ({
  ...eachAsync(
    wx,
    (method) => (options) => (options.success || options.fail ? method(options) : new Promise(() => {})),
  ),
  getDeviceInfo: () => ({ deviceBrand: 'xiaomi', deviceModel: '23127PN0CC', ...wx.getDeviceInfo!() }),
  requirePrivacyAuthorize: undefined,
});

/** An app of the oldest base library: device info by its old name, and no news of the app going and coming. */
const oldest = ({ request, login, getStorage, setStorage, removeStorage, getDeviceInfo }: WxLike): WxLike => ({
  ...{ request, login, getStorage, setStorage, removeStorage },
  getSystemInfoSync: getDeviceInfo,
});

describe.each([
  ['wx', (wx: WxLike) => wx],
  ['Taro', taro],
  ['uni-app', uni],
  ['an old base library', oldest],
])('handed %s', (_, like) => {
  inVirtualTime();
  const rejections: unknown[] = [];
  const listen = (reason: unknown) => void rejections.push(reason);
  beforeAll(() => process.on('unhandledRejection', listen));
  afterAll(() => process.off('unhandledRejection', listen));

  function launch(phone = new FakePhone()) {
    const whole = phone.wx();
    phone.wx = () => like(whole);
    return { phone, server: phone.server, client: phone.launch() };
  }

  it('logs in silently, names the phone, and takes the login up again', async () => {
    const { phone, server, client } = launch();
    expect(await settled(client.ready())).toMatchObject({ user: { id: '1000' }, error: undefined });
    expect(server.received[0]!.body.device).toMatchObject({ name: 'Xiaomi 23127PN0CC · Android 14' });

    expect(await settled(phone.launch().ready())).toMatchObject({ user: { id: '1000' } });
    expect(phone.logins).toBe(1);
  });

  it('gets five of five through with one refresh, and with one wx.login when the refresh token is dead', async () => {
    const { phone, server, client } = launch();
    await settled(client.ready());
    const five = () => settled(Promise.all([1, 2, 3, 4, 5].map((n) => client.request(`/orders/${n}`))));

    server.expireAccessTokens();
    expect(await five()).toHaveLength(5);
    expect([server.count(DOORS.refresh), phone.logins]).toEqual([1, 1]);
    server.endSessions();
    expect(await five()).toHaveLength(5);
    expect([server.count(DOORS.refresh), phone.logins]).toEqual([2, 2]);
  });

  it('repairs a lost answer, survives being offline, and logs out for good', async () => {
    const { phone, client } = launch();
    await settled(client.register(ALICE));
    let losses = 1;
    phone.fate = () => (losses-- > 0 ? 'lost answer' : 'ok');
    expect(await settled(client.request('/orders'))).toBeDefined();

    phone.fate = () => 'offline';
    expect(await failure(client.request('/orders'))).toMatchObject({ code: 'client.offline' });
    phone.fate = () => 'never settles';
    expect(await failure(client.request('/orders'))).toMatchObject({ code: 'client.timeout' });
    expect(client.user).toMatchObject({ id: '1000' });

    phone.fate = () => 'ok';
    await settled(client.requirePrivacy());
    await settled(client.logout());
    expect(await settled(phone.launch().ready())).toMatchObject({ user: null });
  });

  it('leaves no rejection that nobody handles', () => {
    expect(rejections).toEqual([]);
  });
});
