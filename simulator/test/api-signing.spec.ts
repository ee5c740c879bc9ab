import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHmac,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { DEFAULT_APP } from '../src/simulator.js';
import { phoneCodeFor, post, tokenOf } from './apps.js';
import { addFault, attempt, codeFor, control, request, session, start, stop, type Reply } from './simulated.js';

const NOW = Date.UTC(2026, 0, 1, 12);
const PHONE = '/wxa/business/getuserphonenumber';
const APP = DEFAULT_APP.id;
const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
const OTHER = { id: 'wx00000000000000bb', secret: 'cinema-secret' };

const owner = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const symmetricKey = randomBytes(32).toString('base64');
const SIGNING = { symmetricKeySn: 'sn0001', symmetricKey, publicKey: owner.publicKey };

interface View {
  apps: { signing: { platformKeys: { serial: string; publicKey: string }[] } }[];
}

interface Options {
  path?: string;
  appId?: string;
  key?: string;
  sn?: string;
  seconds?: number;
  /** What is inside, beside the parameters. */
  inner?: object;
  headers?: Record<string, string | undefined>;
}

const urlOf = (path: string) => `https://api.weixin.qq.com${path}`;
const signedText = (...lines: unknown[]) => Buffer.from(lines.join('\n'));

/** Sends a request as the manual says, changed by the options. */
async function send(parameters: object, options: Options = {}): Promise<Reply> {
  const { path = PHONE, appId = APP, key = symmetricKey, sn = 'sn0001', seconds = NOW / 1000 } = options;
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64'), iv);
  cipher.setAAD(Buffer.from(`${urlOf(path)}|${appId}|${seconds}|${sn}`));
  const content = { ...parameters, _n: 'nonce', _appid: appId, _timestamp: seconds, ...options.inner };
  const data = cipher.update(JSON.stringify(content), 'utf8', 'base64') + cipher.final('base64');
  const body = JSON.stringify({ iv: iv.toString('base64'), data, authtag: cipher.getAuthTag().toString('base64') });
  const signature = sign('sha256', signedText(urlOf(path), appId, seconds, body), { key: owner.privateKey, ...PSS });
  const all: Record<string, string | undefined> = {
    'Wechatmp-Appid': appId,
    'Wechatmp-TimeStamp': String(seconds),
    'Wechatmp-Signature': signature.toString('base64'),
    ...options.headers,
  };
  const headers = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return request(`${path}?access_token=${await tokenOf()}`, { method: 'POST', headers, body });
}

const errcodeOf = ({ text }: Reply) => (JSON.parse(text) as { errcode?: number }).errcode;

/** Reads an answer the way the manual says, and fails on anything that is not WeChat's. */
async function opened({ headers, text }: Reply, { path = PHONE, suffix = '' } = {}): Promise<Record<string, unknown>> {
  const { apps } = await control<View>('GET', '/__sim/state');
  const header = (name: string) => headers.get(`Wechatmp-${name}`) ?? '';
  const known = apps[0]?.signing.platformKeys.find(({ serial }) => serial === header(`Serial${suffix}`));
  const lines = signedText(urlOf(path), header('Appid'), header('TimeStamp'), text);
  const signature = Buffer.from(header(`Signature${suffix}`), 'base64');
  expect(verify('sha256', lines, { key: String(known?.publicKey), ...PSS }, signature)).toBe(true);
  const { iv, data, authtag } = JSON.parse(text) as Record<'iv' | 'data' | 'authtag', string>;
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(symmetricKey, 'base64'), Buffer.from(iv, 'base64'));
  decipher.setAAD(Buffer.from(`${urlOf(path)}|${APP}|${header('TimeStamp')}|sn0001`));
  decipher.setAuthTag(Buffer.from(authtag, 'base64'));
  return JSON.parse(decipher.update(data, 'base64', 'utf8') + decipher.final('utf8')) as Record<string, unknown>;
}

const begin = (signing: object = SIGNING) => start({ now: () => NOW, apps: [{ ...DEFAULT_APP, signing }, OTHER] });

afterEach(stop);

describe('an app with API signing', () => {
  it('gets an encrypted and signed answer to an encrypted and signed request', async () => {
    await begin();
    const code = await phoneCodeFor('alice', { phone: '13800138000' });
    const reply = await send({ code });
    expect(reply.text).not.toContain('13800138000');
    expect(await opened(reply)).toMatchObject({
      errcode: 0,
      phone_info: { phoneNumber: '13800138000' },
      _n: expect.any(String),
      _appid: APP,
      _timestamp: NOW / 1000,
    });
  });

  it('gets errors of the endpoint itself encrypted too', async () => {
    await begin();
    expect(await opened(await send({ code: 'unknown' }))).toMatchObject({ errcode: 40029 });
  });

  it('has its parameters encrypted also where they are otherwise in the query', async () => {
    await begin();
    const { openid, session_key } = await session(await codeFor('alice'));
    const signature = createHmac('sha256', String(session_key)).update('').digest('hex');
    const path = '/wxa/business/getuserencryptkey';
    const reply = await send({ openid, signature, sig_method: 'hmac_sha256' }, { path });
    expect(await opened(reply, { path })).toMatchObject({ errcode: 0, key_info_list: [{ version: 1 }] });
  });

  it('may call endpoints that do not support it as ever', async () => {
    await begin();
    expect(await session(await codeFor('alice'))).toHaveProperty('openid');
    expect(await post('/wxa/msg_sec_check', { access_token: await tokenOf() }, {})).toMatchObject({ errcode: 40097 });
  });

  it('is answered with the old signature as well while WeChat replaces its key', async () => {
    const keys = [1, 2].map((serial) => {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      return { serial: `serial${serial}`, privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
    });
    await begin({ ...SIGNING, platformKeys: keys });
    const reply = await send({ code: 'unknown' });
    expect(reply.headers.get('Wechatmp-Serial-Deprecated')).toBe('serial2');
    expect(await opened(reply)).toEqual(await opened(reply, { suffix: '-Deprecated' }));
  });

  it('gets a fault of the control door as it is', async () => {
    await begin();
    await addFault({ endpoint: PHONE, fault: 'errcode:-1' });
    expect(errcodeOf(await send({ code: 'any' }))).toBe(-1);
  });
});

describe('a request that is not signed as it should be', () => {
  it.each<[string, Options, number]>([
    ['40231 without a timestamp', { headers: { 'Wechatmp-TimeStamp': undefined } }, 40231],
    ['40232 without a signature', { headers: { 'Wechatmp-Signature': undefined } }, 40232],
    ['40233 without an appid', { headers: { 'Wechatmp-Appid': undefined } }, 40233],
    ['40234 to another signature', { headers: { 'Wechatmp-Signature': 'AAAA' } }, 40234],
    ['40235 when another key encrypted it', { key: randomBytes(32).toString('base64') }, 40235],
    ['40235 when the number of the key is another', { sn: 'sn0002' }, 40235],
    ['40235 when another appid is inside', { inner: { _appid: OTHER.id } }, 40235],
    ['40235 when another timestamp is inside', { inner: { _timestamp: 1 } }, 40235],
    ['40236 to an appid that nobody has', { appId: 'wxff' }, 40236],
    ['40237 to an appid that is not the one of the access_token', { appId: OTHER.id }, 40237],
    ['40240 to a timestamp of six minutes ago', { seconds: NOW / 1000 - 360 }, 40240],
    ['40240 to a timestamp that is not a number', { headers: { 'Wechatmp-TimeStamp': 'soon' } }, 40240],
  ])('gets %s, in plain JSON, and leaves the code usable', async (_promise, options, errcode) => {
    await begin();
    const code = await phoneCodeFor('alice');
    expect(errcodeOf(await send({ code }, options))).toBe(errcode);
    expect(await opened(await send({ code }))).toMatchObject({ errcode: 0 });
  });

  it('gets 40233 when it is not signed at all', async () => {
    await begin();
    const code = await phoneCodeFor('alice');
    expect(await post(PHONE, { access_token: await tokenOf() }, { code })).toMatchObject({ errcode: 40233 });
  });

  it.each([
    ['40238 when the app has no symmetric key', { publicKey: owner.publicKey }, 40238],
    ['40239 when the app has no public key', { symmetricKeySn: 'sn0001', symmetricKey }, 40239],
  ])('gets %s', async (_promise, signing, errcode) => {
    await begin(signing);
    expect(errcodeOf(await send({ code: 'any' }))).toBe(errcode);
  });

  it('gets 40238 when the app has not switched it on', async () => {
    await start({ now: () => NOW });
    expect(errcodeOf(await send({ code: 'any' }))).toBe(40238);
  });
});

describe('the signing settings of an app', () => {
  it('may come through PUT /__sim/apps, and are shown without their secrets', async () => {
    await start({ now: () => NOW });
    await control('PUT', '/__sim/apps', { signing: SIGNING });
    expect(await opened(await send({ code: 'unknown' }))).toMatchObject({ errcode: 40029 });
    const { text } = await request('/__sim/state');
    expect(text).not.toContain(symmetricKey);
    expect(text).not.toContain('PRIVATE KEY');
  });

  it.each([
    ['a short key', { ...SIGNING, symmetricKey: 'AAAA' }, 'symmetricKey'],
    ['a key without its number', { symmetricKey }, 'symmetricKeySn'],
    ['what is no public key', { ...SIGNING, publicKey: 'x' }, 'publicKey'],
    ['what is no platform key', { ...SIGNING, platformKeys: [{ serial: 'a', privateKey: 'x' }] }, 'platformKeys'],
    ['a misspelt field', { ...SIGNING, symetricKey: symmetricKey }, 'symetricKey'],
  ])('are refused with %s', async (_what, signing, words) => {
    await start();
    const { status, text } = await attempt('PUT', '/__sim/apps', { signing });
    expect(status).toBe(400);
    expect(text).toContain(words);
  });
});
