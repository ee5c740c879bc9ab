import { createDecipheriv, createHash } from 'node:crypto';
import { CINEMA, post, SHOP, tokenOf } from './apps.js';
import { attempt, codeFor, control, session, start, stop } from './simulated.js';

interface OpenData {
  encryptedData: string;
  iv: string;
  rawData: string;
  signature: string;
}

let now: number;

beforeEach(async () => {
  now = Date.UTC(2026, 0, 1);
  await start({ apps: [SHOP, CINEMA], now: () => now });
});
afterEach(stop);

const login = async (user: string) =>
  (await session(await codeFor(user), { appid: SHOP.id, secret: SHOP.secret })) as {
    openid: string;
    unionid: string;
    session_key: string;
  };

const openData = (more: Record<string, unknown> = {}) =>
  control<OpenData>('POST', '/__sim/open-data', { user: 'alice', ...more });

function decrypt({ encryptedData, iv }: OpenData, sessionKey: string): Record<string, unknown> {
  const decipher = createDecipheriv('aes-128-cbc', Buffer.from(sessionKey, 'base64'), Buffer.from(iv, 'base64'));
  return JSON.parse(decipher.update(encryptedData, 'base64', 'utf8') + decipher.final('utf8'));
}

const signatureOf = ({ rawData }: OpenData, key: string) =>
  createHash('sha1')
    .update(rawData + key)
    .digest('hex');

describe('POST /__sim/open-data', () => {
  it('is encrypted with the session_key, and says whose it is, for which app and when', async () => {
    const { openid, unionid, session_key: key } = await login('alice');
    expect(decrypt(await openData(), key)).toMatchObject({
      openId: openid,
      unionId: unionid,
      nickName: '微信用户',
      watermark: { appid: SHOP.id, timestamp: now / 1000 },
    });
  });

  it('has a signature over the raw data', async () => {
    const { session_key: key } = await login('alice');
    const data = await openData();
    expect(data.signature).toBe(signatureOf(data, key));
    expect(JSON.parse(data.rawData)).toHaveProperty('nickName');
    expect(data.rawData).not.toContain('openId');
  });

  it('takes any payload, also one that lies about its owner', async () => {
    const { session_key: key } = await login('alice');
    const payload = { nickName: '小明', openId: 'another', watermark: { appid: 'wxff', timestamp: 1 } };
    const data = await openData({ payload });
    expect(decrypt(data, key)).toMatchObject(payload);
    expect(data.rawData).toBe(JSON.stringify(payload));
  });

  it('leaves out what the payload says is null', async () => {
    const { session_key: key } = await login('alice');
    const data = decrypt(await openData({ payload: { openId: null, watermark: null } }), key);
    expect(data).not.toHaveProperty('openId');
    expect(data).not.toHaveProperty('watermark');
  });

  it('uses the key of the latest code', async () => {
    const { session_key: old } = await login('alice');
    const { session_key: key } = await login('alice');
    const data = await openData();
    expect(data.signature).toBe(signatureOf(data, key));
    expect(data.signature).not.toBe(signatureOf(data, old));
  });

  it('is refused while the session_key has expired', async () => {
    await control('PUT', '/__sim/users', { user: 'alice', expireSessionKey: true });
    expect((await attempt('POST', '/__sim/open-data', { user: 'alice' })).status).toBe(400);
  });

  it('is refused with a payload that is no object', async () => {
    expect((await attempt('POST', '/__sim/open-data', { user: 'alice', payload: [] })).status).toBe(400);
  });
});

describe('POST /wxa/business/checkencryptedmsg', () => {
  const payload = { phoneNumber: '13800138000', purePhoneNumber: '13800138000', countryCode: '86' };
  const hashOf = ({ encryptedData }: OpenData) => createHash('sha256').update(encryptedData).digest('hex');
  const check = async (hash: string, app = SHOP) =>
    post('/wxa/business/checkencryptedmsg', { access_token: await tokenOf(app) }, { encrypted_msg_hash: hash });

  it('vouches for phone data for three days', async () => {
    const hash = hashOf(await openData({ payload }));
    const madeAt = now / 1000;
    now += 3 * 86_400_000 - 1;
    expect(await check(hash)).toEqual({ errcode: 0, errmsg: 'ok', vaild: true, create_time: madeAt });
    now += 1;
    expect(await check(hash)).toMatchObject({ errcode: 1 });
  });

  it('knows neither a profile nor what it did not make nor data of another app', async () => {
    expect(await check(hashOf(await openData()))).toMatchObject({ errcode: 1 });
    expect(await check('0'.repeat(64))).toMatchObject({ errcode: 1 });
    expect(await check(hashOf(await openData({ payload })), CINEMA)).toMatchObject({ errcode: 1 });
  });

  it('gives phone data without an openId', async () => {
    const { session_key: key } = await login('alice');
    expect(decrypt(await openData({ payload }), key)).not.toHaveProperty('openId');
  });

  it('answers 47001 to a form and 40097 to what is no hash', async () => {
    expect(await post('/wxa/business/checkencryptedmsg', { access_token: await tokenOf(SHOP) }, 'a=b')).toMatchObject({
      errcode: 47001,
    });
    expect(await check('abc')).toMatchObject({ errcode: 40097 });
  });
});
