import {
  constants,
  createCipheriv,
  createDecipheriv,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

const ORIGIN = 'https://api.weixin.qq.com';
const SERIAL = 'PLATFORM';
const KEY_NUMBER = 'key-1';
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };

/** A WeChat that takes phone number calls only signed and encrypted, written from the documented layout. */
export class SigningWechat {
  readonly seen: { path: string; body: string }[] = [];
  private readonly client = generateKeyPairSync('rsa', { modulusLength: 2048 });
  private readonly platform = generateKeyPairSync('rsa', { modulusLength: 2048 });
  private readonly key = randomBytes(32);
  private readonly server: Server = createServer((request, response) => void this.handle(request, response));

  constructor(
    private readonly appId: string,
    private readonly nowSeconds: () => number,
  ) {}

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** What the app's owner copies from WeChat's console. */
  settings() {
    return {
      symmetricKeySn: KEY_NUMBER,
      symmetricKey: this.key.toString('base64'),
      privateKey: this.client.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      platformCertificates: [
        { serial: SERIAL, certificate: this.platform.publicKey.export({ type: 'spki', format: 'pem' }).toString() },
      ],
    };
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path } = new URL(request.url!, ORIGIN);
    const body = await text(request);
    this.seen.push({ path, body });
    if (path === '/cgi-bin/stable_token') response.end(JSON.stringify({ access_token: 'a-token', expires_in: 7200 }));
    else this.answerSigned(request, response, body);
  }

  private answerSigned(request: IncomingMessage, response: ServerResponse, body: string): void {
    const url = ORIGIN + new URL(request.url!, ORIGIN).pathname;
    const timestamp = String(request.headers['wechatmp-timestamp']);
    const signature = Buffer.from(String(request.headers['wechatmp-signature']), 'base64');
    const signed = Buffer.from([url, this.appId, timestamp, body].join('\n'));
    if (!verify('sha256', signed, { key: this.client.publicKey, ...pss }, signature))
      return void response.end('{"errcode":40234,"errmsg":"invalid signature"}');
    const { openid } = JSON.parse(this.decrypt(body, this.aad(url, timestamp))) as { openid: string };
    this.reply(response, url, { errcode: 0, errmsg: 'ok', phone_info: phoneOf(openid, this.appId) });
  }

  private reply(response: ServerResponse, url: string, content: object): void {
    const timestamp = this.nowSeconds();
    const full = JSON.stringify({ ...content, _n: 'n', _appid: this.appId, _timestamp: timestamp });
    const body = this.encrypt(full, this.aad(url, String(timestamp)));
    const signed = Buffer.from([url, this.appId, timestamp, body].join('\n'));
    response.setHeader('Wechatmp-Appid', this.appId);
    response.setHeader('Wechatmp-TimeStamp', timestamp);
    response.setHeader('Wechatmp-Serial', SERIAL);
    response.setHeader(
      'Wechatmp-Signature',
      sign('sha256', signed, { key: this.platform.privateKey, ...pss }).toString('base64'),
    );
    response.end(body);
  }

  private aad(url: string, timestamp: string): Buffer {
    return Buffer.from([url, this.appId, timestamp, KEY_NUMBER].join('|'));
  }

  private decrypt(body: string, aad: Buffer): string {
    const { iv, data, authtag } = JSON.parse(body) as Record<'iv' | 'data' | 'authtag', string>;
    const decipher = createDecipheriv('aes-256-gcm', this.key, Buffer.from(iv, 'base64'), { authTagLength: 16 });
    decipher.setAAD(aad).setAuthTag(Buffer.from(authtag, 'base64'));
    return decipher.update(data, 'base64', 'utf8') + decipher.final('utf8');
  }

  private encrypt(content: string, aad: Buffer): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(aad);
    const data = cipher.update(content, 'utf8', 'base64') + cipher.final('base64');
    return JSON.stringify({ iv: iv.toString('base64'), data, authtag: cipher.getAuthTag().toString('base64') });
  }
}

function phoneOf(openid: string, appid: string) {
  const isKnown = openid === 'oSignedCaller';
  return {
    phoneNumber: '',
    purePhoneNumber: isKnown ? '13900139000' : '0000',
    countryCode: '86',
    watermark: { appid },
  };
}
