import { codeFor, control, errcode, exchange, request, exchangePath, session, start, stop } from './simulated.js';

const SHOP = { id: 'wx00000000000000aa', secret: 'shop-secret', openPlatform: 'mall' };
const CINEMA = { id: 'wx00000000000000bb', secret: 'cinema-secret', openPlatform: 'mall' };
const LONER = { id: 'wx00000000000000cc', secret: 'loner-secret' };

const asApp = ({ id, secret }: { id: string; secret: string }) => ({ appid: id, secret });

afterEach(stop);

describe('GET /sns/jscode2session, when all is well', () => {
  it('answers 200 text/plain with a session_key and an openid, and without any errcode', async () => {
    await start();
    const { status, headers, text } = await exchange(await codeFor('alice'));
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/plain');
    expect(Object.keys(JSON.parse(text))).toEqual(['session_key', 'openid']);
  });

  it('gives a session_key of 16 bytes in base64', async () => {
    await start();
    const { session_key: key } = await session(await codeFor('alice'));
    expect(Buffer.from(String(key), 'base64')).toHaveLength(16);
    expect(key).toMatch(/^[A-Za-z0-9+/]{22}==$/);
  });

  it('gives the openid that the control door announced', async () => {
    await start();
    const { code, openid } = await control<{ code: string; openid: string }>('POST', '/__sim/codes', { user: 'alice' });
    expect(await session(code)).toMatchObject({ openid });
    expect(openid).toMatch(/^o[\w-]{27}$/);
  });

  it('gives a unionid when the app is bound to an Open Platform account, the same in all its apps', async () => {
    await start({ apps: [SHOP, CINEMA] });
    const shop = await session(await codeFor('alice', { appId: SHOP.id }), asApp(SHOP));
    const cinema = await session(await codeFor('alice', { appId: CINEMA.id }), asApp(CINEMA));
    expect(shop.unionid).toMatch(/^o[\w-]{27}$/);
    expect(cinema.unionid).toBe(shop.unionid);
    expect(cinema.openid).not.toBe(shop.openid);
  });

  it('gives a unionid that was set by hand, to an app that is bound to nothing', async () => {
    await start({ apps: [LONER] });
    const unionid = 'oUnionid-set-by-hand-0000001';
    expect(await session(await codeFor('alice', { unionid }), asApp(LONER))).toMatchObject({ unionid });
  });

  it('keeps the session_key between two exchanges of codes that were made before either', async () => {
    await start();
    const [first, second] = [await codeFor('alice'), await codeFor('alice')];
    expect((await session(first)).session_key).toBe((await session(second)).session_key);
  });

  it('gives a new session_key with each new code', async () => {
    await start();
    const before = await session(await codeFor('alice'));
    const after = await session(await codeFor('alice'));
    expect(after.openid).toBe(before.openid);
    expect(after.session_key).not.toBe(before.session_key);
  });

  it("leaves the user's session_key in another app alone", async () => {
    await start({ apps: [SHOP, CINEMA] });
    const code = await codeFor('alice', { appId: SHOP.id });
    const spare = await codeFor('alice', { appId: SHOP.id });
    const before = await session(code, asApp(SHOP));
    await codeFor('alice', { appId: CINEMA.id });
    expect((await session(spare, asApp(SHOP))).session_key).toBe(before.session_key);
  });
});

describe('GET /sns/jscode2session, when the request is wrong', () => {
  beforeEach(async () => {
    await start();
  });

  it.each([
    ['41002 when appid is missing', { appid: undefined, secret: undefined }, 41002],
    ['41002 when appid is empty', { appid: '' }, 41002],
    ['40013 for an unknown appid, whatever the secret', { appid: 'wx00000000000000ff', secret: undefined }, 40013],
    ['41004 when secret is missing', { secret: undefined, grant_type: undefined }, 41004],
    ['40125 for a wrong secret', { secret: '0'.repeat(32), grant_type: undefined }, 40125],
    ['40125 for a secret of another length', { secret: 'x' }, 40125],
    ['40002 for another grant_type', { grant_type: 'client_credential', js_code: undefined }, 40002],
    ['40002 when grant_type is missing', { grant_type: undefined }, 40002],
    ['41008 when js_code is missing', { js_code: undefined }, 41008],
    ['41008 when js_code is empty', { js_code: '' }, 41008],
    ['40029 for a code that was never given', { js_code: '0712cDoV0cfty22AeloV0daMoV02cDog' }, 40029],
  ])('answers %s', async (_promise, parameters, expected) => {
    expect(await errcode(await codeFor('alice'), parameters)).toBe(expected);
  });

  it('answers errors with HTTP 200, text/plain and a rid at the end of errmsg', async () => {
    const { status, headers, text } = await exchange('nonsense');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/plain');
    expect(JSON.parse(text)).toEqual({
      errcode: 40029,
      errmsg: expect.stringMatching(/^invalid code, rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/),
    });
  });

  it('answers 40163 when a code is used again', async () => {
    const code = await codeFor('alice');
    await session(code);
    expect(await errcode(code)).toBe(40163);
    expect(await errcode(code)).toBe(40163);
  });

  it('does not use a code up when the exchange is refused for another reason', async () => {
    const code = await codeFor('alice');
    expect(await errcode(code, { secret: 'wrong' })).toBe(40125);
    expect(await session(code)).toHaveProperty('openid');
  });

  it('gives one success to twenty exchanges of one code at once', async () => {
    const code = await codeFor('alice');
    const errcodes = await Promise.all(Array.from({ length: 20 }, () => errcode(code)));
    expect(errcodes.filter((number) => number === undefined)).toHaveLength(1);
    expect(errcodes.filter((number) => number === 40163)).toHaveLength(19);
  });

  it('answers 43001 to a POST', async () => {
    const { text } = await request(exchangePath({ js_code: await codeFor('alice') }), { method: 'POST' });
    expect(JSON.parse(text)).toMatchObject({ errcode: 43001 });
  });

  it('answers 404 on a path that is not simulated', async () => {
    expect(await request('/cgi-bin/nothing')).toMatchObject({
      status: 404,
      text: expect.stringContaining('/cgi-bin/nothing'),
    });
  });
});

describe('GET /sns/jscode2session, with several apps', () => {
  it("answers 40029 to another app's code and leaves it usable", async () => {
    await start({ apps: [SHOP, CINEMA] });
    const code = await codeFor('alice', { appId: SHOP.id });
    expect(await errcode(code, asApp(CINEMA))).toBe(40029);
    expect(await session(code, asApp(SHOP))).toHaveProperty('openid');
  });
});

describe('the life of a login code', () => {
  let now: number;

  beforeEach(async () => {
    now = Date.UTC(2026, 0, 1);
    await start({ now: () => now });
  });

  it('is 32 letters and digits, never twice the same', async () => {
    const codes = await Promise.all(Array.from({ length: 50 }, () => codeFor('alice')));
    for (const code of codes) expect(code).toMatch(/^0[A-Za-z0-9]{31}$/);
    expect(new Set(codes).size).toBe(50);
  });

  it('lasts until just before five minutes have passed', async () => {
    const code = await codeFor('alice');
    now += 5 * 60_000 - 1;
    expect(await session(code)).toHaveProperty('openid');
  });

  it('is over after five minutes: 40029', async () => {
    const code = await codeFor('alice');
    now += 5 * 60_000;
    expect(await errcode(code)).toBe(40029);
  });

  it('is over for a used code as well: 40029, no longer 40163', async () => {
    const code = await codeFor('alice');
    await session(code);
    now += 5 * 60_000;
    expect(await errcode(code)).toBe(40029);
  });

  it('ends for the old codes only, when new ones are made later', async () => {
    const old = await codeFor('alice');
    now += 3 * 60_000;
    const young = await codeFor('alice');
    now += 3 * 60_000;
    await codeFor('bob');
    expect(await errcode(old)).toBe(40029);
    expect(await session(young)).toHaveProperty('openid');
  });

  it('can be shortened by PUT /__sim/clock', async () => {
    const code = await codeFor('alice');
    await control('PUT', '/__sim/clock', { offsetSeconds: 300 });
    expect(await errcode(code)).toBe(40029);
    await control('PUT', '/__sim/clock', { offsetSeconds: 0 });
    expect(await session(code)).toHaveProperty('openid');
  });
});

describe('the limit of 100 exchanges per user and minute', () => {
  let now: number;

  beforeEach(async () => {
    now = Date.UTC(2026, 0, 1, 12, 0, 1);
    await start({ now: () => now, apps: [SHOP, CINEMA] });
  });

  const login = async (user: string, app = SHOP) => session(await codeFor(user, { appId: app.id }), asApp(app));

  const loginTimes = async (user: string, times: number) => {
    for (let time = 0; time < times; time++) await login(user);
  };

  it('lets the hundredth through and answers 45011 to the next', async () => {
    await loginTimes('alice', 99);
    expect(await login('alice')).toHaveProperty('openid');
    expect(await login('alice')).toMatchObject({ errcode: 45011 });
  });

  it('does not use the code up, and starts again with the next minute', async () => {
    await loginTimes('alice', 100);
    const code = await codeFor('alice');
    expect(await errcode(code, asApp(SHOP))).toBe(45011);
    now += 59_000;
    expect(await session(code, asApp(SHOP))).toHaveProperty('openid');
  });

  it('counts each user and each app alone', async () => {
    await loginTimes('alice', 101);
    expect(await login('bob')).toHaveProperty('openid');
    expect(await login('alice', CINEMA)).toHaveProperty('openid');
  });
});
