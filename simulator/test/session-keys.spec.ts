import { createHmac } from 'node:crypto';
import { CINEMA, get, SHOP, tokenOf } from './apps.js';
import { codeFor, control, session, start, stop } from './simulated.js';

interface Login {
  openid: string;
  session_key: string;
}

const login = async (user: string, app = SHOP) =>
  (await session(await codeFor(user, { appId: app.id }), { appid: app.id, secret: app.secret })) as unknown as Login;

const signed = async ({ openid, session_key }: Login, more: Record<string, string> = {}) => ({
  access_token: await tokenOf(SHOP),
  openid,
  signature: createHmac('sha256', session_key).update('').digest('hex'),
  sig_method: 'hmac_sha256',
  ...more,
});

const check = async (user: Login, more: Record<string, string> = {}) =>
  (await get('/wxa/checksession', await signed(user, more))).errcode;

beforeEach(async () => {
  await start({ apps: [SHOP, CINEMA] });
});
afterEach(stop);

describe('GET /wxa/checksession', () => {
  it('knows the session_key that is current', async () => {
    expect(await get('/wxa/checksession', await signed(await login('alice')))).toEqual({ errcode: 0, errmsg: 'ok' });
  });

  it('answers 87009 to the key of an earlier login', async () => {
    const old = await login('alice');
    await login('alice');
    expect(await check(old)).toBe(87009);
  });

  it('takes a signature in upper case, but not of the decoded key', async () => {
    const alice = await login('alice');
    const { signature } = await signed(alice);
    const ofDecoded = createHmac('sha256', Buffer.from(alice.session_key, 'base64')).update('').digest('hex');
    expect(await check(alice, { signature: signature.toUpperCase() })).toBe(0);
    expect(await check(alice, { signature: ofDecoded })).toBe(87009);
  });

  it('answers 40003 to an openid of another app', async () => {
    expect(await check(await login('alice', CINEMA))).toBe(40003);
  });

  it('answers 87008 to another sig_method', async () => {
    expect(await check(await login('alice'), { sig_method: 'md5' })).toBe(87008);
  });

  it('answers 87007 when the session_key has expired', async () => {
    const alice = await login('alice');
    await control('PUT', '/__sim/users', { user: 'alice', expireSessionKey: true });
    expect(await check(alice)).toBe(87007);
    expect(await check(await login('alice'))).toBe(0);
  });
});

describe('GET /wxa/resetusersessionkey', () => {
  it('ends the key and gives another', async () => {
    const alice = await login('alice');
    const reset = await get<Login>('/wxa/resetusersessionkey', await signed(alice));
    expect(reset).toEqual({
      errcode: 0,
      errmsg: 'ok',
      openid: alice.openid,
      session_key: expect.stringMatching(/^[A-Za-z0-9+/]{22}==$/),
    });
    expect(await check(alice)).toBe(87009);
    expect(await check(reset)).toBe(0);
  });

  it('leaves the key alone when the signature is wrong', async () => {
    const alice = await login('alice');
    const wrong = await signed(alice, { signature: 'ab' });
    expect(await get('/wxa/resetusersessionkey', wrong)).toMatchObject({ errcode: 87009 });
    expect(await check(alice)).toBe(0);
  });
});
