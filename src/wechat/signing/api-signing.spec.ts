import { constants, createDecipheriv, createCipheriv, generateKeyPairSync, sign, verify } from 'node:crypto';
import { Clock } from '../../platform/clock.js';
import { ENDPOINTS } from '../transport/endpoints.js';
import type { WechatAnswer } from '../transport/wechat-replies.js';
import type { WechatApp } from '../wechat.config.js';
import { ApiSigning } from './api-signing.js';

// The other side is written out here from the documented layout (服务端API签名指南), sharing nothing with the code.
const ours = generateKeyPairSync('rsa', { modulusLength: 2048 });
const wechat = generateKeyPairSync('rsa', { modulusLength: 2048 });
const retiring = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
const symmetricKey = Buffer.alloc(32, 7);
const url = 'https://api.weixin.qq.com/wxa/business/getuserphonenumber';
const now = 1_700_000_000;

const app: WechatApp = {
  id: 'wxba6223c06417af7b',
  secret: 'not used here at all',
  signing: {
    symmetricKeySn: 'fa05fe1e5bcc79b81ad5ad4b58acf787',
    symmetricKey: symmetricKey.toString('base64'),
    privateKey: ours.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    platformCertificates: [
      { serial: 'NEW', certificate: wechat.publicKey.export({ type: 'spki', format: 'pem' }).toString() },
      { serial: 'OLD', certificate: retiring.publicKey.export({ type: 'spki', format: 'pem' }).toString() },
    ],
  },
};

class StillClock extends Clock {
  override now(): Date {
    return new Date(now * 1000);
  }
}

interface AnswerOptions {
  content?: object;
  timestamp?: number;
  headers?: Record<string, string>;
  appid?: string;
}

function answer({ content = {}, timestamp = now, headers = {}, appid = app.id }: AnswerOptions = {}): WechatAnswer {
  const cipher = createCipheriv('aes-256-gcm', symmetricKey, Buffer.alloc(12, 1));
  cipher.setAAD(Buffer.from(`${url}|${appid}|${timestamp}|${app.signing!.symmetricKeySn}`));
  const text = JSON.stringify({ errcode: 0, errmsg: 'ok', _appid: appid, _timestamp: timestamp, ...content });
  const data = Buffer.concat([cipher.update(text), cipher.final()]).toString('base64');
  const iv = Buffer.alloc(12, 1).toString('base64');
  const body = JSON.stringify({ iv, data, authtag: cipher.getAuthTag().toString('base64') });
  const signed = Buffer.from(`${url}\n${appid}\n${timestamp}\n${body}`);
  const all: Record<string, string | undefined> = {
    'wechatmp-appid': appid,
    'wechatmp-timestamp': String(timestamp),
    'wechatmp-serial': 'NEW',
    'wechatmp-signature': sign('sha256', signed, { key: wechat.privateKey, ...pss }).toString('base64'),
    'wechatmp-signature-deprecated': sign('sha256', signed, { key: retiring.privateKey, ...pss }).toString('base64'),
    ...headers,
  };
  return { status: 200, body, header: (name) => all[name.toLowerCase()] };
}

function prepare(target: WechatApp = app) {
  const body = { code: 'a-code', openid: 'an-openid' };
  return new ApiSigning(new StillClock()).prepare({ app: target, endpoint: ENDPOINTS.getPhoneNumber, body });
}

const read = (given: WechatAnswer) => prepare().read!(given);

describe('A signed request', () => {
  const request = prepare();
  const { iv, data, authtag } = JSON.parse(request.body!) as Record<'iv' | 'data' | 'authtag', string>;

  it('is encrypted for its URL, app, time and key number', () => {
    const aad = Buffer.from(`${url}|${app.id}|${now}|${app.signing!.symmetricKeySn}`);
    const decipher = createDecipheriv('aes-256-gcm', symmetricKey, Buffer.from(iv, 'base64'), { authTagLength: 16 });
    decipher.setAAD(aad).setAuthTag(Buffer.from(authtag, 'base64'));
    const text = Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString();

    const nonce = expect.stringMatching(/^[\w-]{16,}$/) as string;
    const content = { code: 'a-code', openid: 'an-openid', _n: nonce, _appid: app.id, _timestamp: now };
    expect(JSON.parse(text)).toEqual(content);
    expect(Buffer.from(iv, 'base64')).toHaveLength(12);
  });

  it('carries an RSA-PSS signature over URL, app, time and body, without the key number', () => {
    const { 'Wechatmp-Signature': signature, ...headers } = request.headers!;
    const signed = Buffer.from(`${url}\n${app.id}\n${now}\n${request.body}`);

    expect(headers).toEqual({ 'Wechatmp-Appid': app.id, 'Wechatmp-TimeStamp': String(now) });
    expect(verify('sha256', signed, { key: ours.publicKey, ...pss }, Buffer.from(signature!, 'base64'))).toBe(true);
  });

  it('is new each time', () => {
    expect(prepare().body).not.toBe(request.body);
  });

  it('names our certificate where one is configured', () => {
    const signing = { ...app.signing!, certificateSn: 'OURS' };

    expect(prepare({ ...app, signing }).headers).toMatchObject({ 'Wechatmp-Serial': 'OURS' });
  });

  it('stays plain JSON for an app that has signing off, and for an endpoint that does not take it', () => {
    const signing = new ApiSigning(new StillClock());
    const query = { openid: 'o' };

    expect(prepare({ ...app, signing: undefined })).toEqual({ body: '{"code":"a-code","openid":"an-openid"}' });
    expect(signing.prepare({ app, endpoint: ENDPOINTS.checkSessionKey, query })).toEqual({ query });
  });
});

describe('A signed answer', () => {
  it('is verified and decrypted', () => {
    expect(read(answer({ content: { phone_info: { a: 1 } } }))).toMatchObject({ errcode: 0, phone_info: { a: 1 } });
  });

  it('is taken by its older signature while WeChat rotates its certificate', () => {
    const headers = { 'wechatmp-serial': 'NEWER', 'wechatmp-serial-deprecated': 'OLD' };

    expect(read(answer({ headers }))).toMatchObject({ errcode: 0 });
  });

  it.each([
    ['signed with an unknown certificate', answer({ headers: { 'wechatmp-serial': 'NOBODYS' } })],
    ['with a wrong signature', answer({ headers: { 'wechatmp-signature': 'AAAA' } })],
    ['signed with the other certificate', answer({ headers: { 'wechatmp-serial': 'OLD' } })],
    ['for another app', answer({ appid: 'wx0000000000000002' })],
    ['that is old', answer({ timestamp: now - 301 })],
    ['from the future', answer({ timestamp: now + 301 })],
    ['without a time', answer({ headers: { 'wechatmp-timestamp': '' } })],
    ['whose content is of another app', answer({ content: { _appid: 'wx0000000000000002' } })],
    ['whose content is of another time', answer({ content: { _timestamp: now - 1 } })],
    ['that was changed', { ...answer(), body: answer().body.replace('"data":"', '"data":"AAAA') }],
    ['that is not encrypted', { ...answer(), body: '{"errcode":0,"phone_info":{}}' }],
  ])('%s is refused', (_what, given) => {
    expect(() => read(given)).toThrow('API signing');
  });

  it('says WeChat’s errcode, whether it comes encrypted or from the gateway', () => {
    const fromGateway = { ...answer(), body: '{"errcode":40234,"errmsg":"invalid signature rid: 1-2-3"}' };

    expect(() => read(answer({ content: { errcode: 40029, errmsg: 'invalid code' } }))).toThrow('errcode 40029');
    expect(() => read(fromGateway)).toThrow('errcode 40234');
  });
});
