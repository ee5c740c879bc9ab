import { DEFAULT_APP } from '../src/simulator.js';
import { CINEMA, classicToken, errcodeFor, get, post, SHOP, stableToken, tokenOf } from './apps.js';
import { control, request, start, stop } from './simulated.js';

const MINUTE = 60_000;
let now: number;

beforeEach(async () => {
  now = Date.UTC(2026, 0, 1, 4);
  await start({ apps: [DEFAULT_APP, SHOP, CINEMA], now: () => now });
});
afterEach(stop);

const wanted = { grant_type: 'client_credential', appid: DEFAULT_APP.id, secret: DEFAULT_APP.secret };

describe('POST /cgi-bin/stable_token', () => {
  it('gives a token for 7,200 seconds, without any errcode', async () => {
    const answer = await stableToken();
    expect(answer).toEqual({ access_token: expect.stringMatching(/^98_[\w-]{157}$/), expires_in: 7200 });
  });

  it('gives the same token with the life that is left', async () => {
    const first = await stableToken();
    now += 6855_000;
    expect(await stableToken()).toEqual({ access_token: first.access_token, expires_in: 345 });
  });

  it('gives another one in the last five minutes, while the old one works to its end', async () => {
    const first = await tokenOf();
    now += 6900_000;
    const second = await stableToken();
    expect(second.expires_in).toBe(7200);
    expect(second.access_token).not.toBe(first);
    now += 300_000 - 1;
    expect(await errcodeFor(first)).toBe(0);
    now += 1;
    expect(await errcodeFor(first)).toBe(42001);
    expect(await errcodeFor(second.access_token)).toBe(0);
  });

  it('gives each app its own', async () => {
    expect(await tokenOf(SHOP)).not.toBe(await tokenOf(CINEMA));
  });

  it('ends the old token at once when forced', async () => {
    const first = await tokenOf();
    const forced = await stableToken(DEFAULT_APP, { force_refresh: true });
    expect(await errcodeFor(first)).toBe(40001);
    expect(await errcodeFor(forced.access_token)).toBe(0);
    expect(await tokenOf()).toBe(forced.access_token);
  });

  it('does not refresh by force again within 30 seconds', async () => {
    const first = await stableToken(DEFAULT_APP, { force_refresh: true });
    now += 29_999;
    expect((await stableToken(DEFAULT_APP, { force_refresh: true })).access_token).toBe(first.access_token);
    now += 1;
    expect((await stableToken(DEFAULT_APP, { force_refresh: true })).access_token).not.toBe(first.access_token);
  });

  it('refreshes by force twenty times in a day of Beijing, then answers 45009', async () => {
    for (let time = 0; time < 20; time++) {
      expect(await stableToken(DEFAULT_APP, { force_refresh: true })).toHaveProperty('access_token');
      now += 30_000;
    }
    expect(await stableToken(DEFAULT_APP, { force_refresh: true })).toMatchObject({ errcode: 45009 });
    expect(await stableToken()).toHaveProperty('access_token');
    now = Date.UTC(2026, 0, 1, 16);
    expect(await stableToken(DEFAULT_APP, { force_refresh: true })).toHaveProperty('access_token');
  });

  it.each([
    ['40002 for another grant_type', { ...wanted, grant_type: 'authorization_code' }, 40002],
    ['41002 when appid is missing', { ...wanted, appid: undefined }, 41002],
    ['40013 for an unknown appid', { ...wanted, appid: 'wxff' }, 40013],
    ['41004 when secret is missing', { ...wanted, secret: undefined }, 41004],
    ['40125 for a wrong secret', { ...wanted, secret: 'wrong' }, 40125],
    ['44002 to an empty body', '', 44002],
    ['47001 to a form', 'grant_type=client_credential', 47001],
    ['47001 to an array', '[]', 47001],
  ])('answers %s', async (_promise, body, errcode) => {
    expect(await post('/cgi-bin/stable_token', {}, body)).toMatchObject({ errcode });
  });

  it('answers 43002 to a GET', async () => {
    expect(await get('/cgi-bin/stable_token', {})).toMatchObject({ errcode: 43002 });
  });

  it('has its secret hidden in the list of requests', async () => {
    await stableToken(SHOP);
    const { text } = await request('/__sim/requests');
    expect(text).not.toContain(SHOP.secret);
    expect(JSON.parse(text)).toMatchObject([{ body: { appid: SHOP.id, secret: '***' }, appId: SHOP.id, errcode: 0 }]);
  });
});

describe('GET /cgi-bin/token', () => {
  it('gives a new token each time and lets the one before work for five minutes', async () => {
    const first = await classicToken();
    const second = await classicToken();
    expect(second).toEqual({ access_token: expect.any(String), expires_in: 7200 });
    expect(second.access_token).not.toBe(first.access_token);
    now += 5 * MINUTE - 1;
    expect(await errcodeFor(first.access_token)).toBe(0);
    now += 1;
    expect(await errcodeFor(first.access_token)).toBe(40001);
    expect(await errcodeFor(second.access_token)).toBe(0);
  });

  it('leaves stable tokens alone, and they leave it alone', async () => {
    const classic = (await classicToken()).access_token;
    const stable = await tokenOf();
    await classicToken();
    await stableToken(DEFAULT_APP, { force_refresh: true });
    expect(await errcodeFor(classic)).toBe(0);
    expect(await errcodeFor(stable)).toBe(40001);
    now += 6 * MINUTE;
    expect(await errcodeFor(classic)).toBe(40001);
    expect(await errcodeFor(await tokenOf())).toBe(0);
  });

  it.each([
    ['40002 for another grant_type', { ...wanted, grant_type: '' }, 40002],
    ['40013 for an unknown appid', { ...wanted, appid: 'wxff' }, 40013],
    ['40125 for a wrong secret', { ...wanted, secret: 'wrong' }, 40125],
  ])('answers %s', async (_promise, query, errcode) => {
    expect(await get('/cgi-bin/token', query)).toMatchObject({ errcode });
  });
});

describe('an access_token', () => {
  it.each([
    ['41001 when it is missing', '', 41001],
    ['40014 when it is malformed', 'nonsense', 40014],
    ['40001 when it was never given', `98_${'x'.repeat(157)}`, 40001],
  ])('gets %s', async (_promise, token, errcode) => {
    expect(await errcodeFor(token)).toBe(errcode);
  });

  it('gets 42001 after 7,200 seconds', async () => {
    const token = await tokenOf();
    now += 7200_000 - 1;
    expect(await errcodeFor(token)).toBe(0);
    now += 1;
    expect(await errcodeFor(token)).toBe(42001);
  });

  it('gets 40001 after DELETE /__sim/access-tokens, and stable_token then gives another', async () => {
    const token = await tokenOf();
    const elsewhere = await tokenOf(SHOP);
    await control('DELETE', '/__sim/access-tokens', { appId: DEFAULT_APP.id });
    expect(await errcodeFor(token)).toBe(40001);
    expect(await errcodeFor(elsewhere)).toBe(0);
    expect(await errcodeFor(await tokenOf())).toBe(0);
  });

  it('is shown by the control door only in part', async () => {
    const token = await tokenOf();
    await errcodeFor(token);
    for (const path of ['/__sim/requests', '/__sim/state']) {
      const { text } = await request(path);
      expect(text).not.toContain(token);
      expect(text).toContain(`${token.slice(0, 4)}…${token.slice(-4)}`);
    }
  });
});

describe('PUT /__sim/quotas', () => {
  it('makes the calls after the limit of a day 45009, for that app alone', async () => {
    await control('PUT', '/__sim/quotas', { endpoint: '/wxa/checksession', dailyLimit: 1, appId: SHOP.id });
    const token = await tokenOf(SHOP);
    expect(await errcodeFor(token)).toBe(0);
    expect(await errcodeFor(token)).toBe(45009);
    expect(await errcodeFor(await tokenOf(CINEMA))).toBe(0);
    expect(await control('GET', '/__sim/state')).toMatchObject({
      quotas: expect.arrayContaining([{ appId: SHOP.id, endpoint: '/wxa/checksession', limit: 1, used: 2 }]),
    });
  });

  it('counts from nothing on the next day of Beijing', async () => {
    await control('PUT', '/__sim/quotas', { endpoint: '/cgi-bin/stable_token', dailyLimit: 1 });
    await stableToken();
    expect(await stableToken()).toMatchObject({ errcode: 45009 });
    now = Date.UTC(2026, 0, 1, 16);
    expect(await stableToken()).toHaveProperty('access_token');
  });
});
