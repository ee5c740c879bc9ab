import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import type { Answer } from './http-client.js';
import type { TestApp } from './test-app.js';

/** A mini-program's page "message push", as the server is configured with it. */
export interface PushSetting {
  token: string;
  mode: 'plain' | 'encrypted';
  format: 'json' | 'xml';
  encodingAesKey?: string;
}

export type Fields = Record<string, string | number>;

/** One request as WeChat would send it; a test changes what it is about. */
export interface SignedPush {
  query: Record<string, string>;
  body: string;
  contentType: string;
}

const CONTENT_TYPES = { json: 'application/json', xml: 'text/xml' };

/** Signs and sends pushes for one mini-program, written from WeChat's description and not from the server's code. */
export class WechatPushes {
  constructor(
    private readonly test: TestApp,
    private readonly appId: string,
    private readonly setting: PushSetting,
  ) {
    test.watch.keepSecret('a push token', setting.token);
    test.watch.keepSecret('an EncodingAESKey', setting.encodingAesKey);
  }

  /** @param at for a sender whose clock is wrong; @param appId written into the encrypted text */
  sign(fields: Fields | string, { at = this.test.clock.nowSeconds(), appId = this.appId } = {}): SignedPush {
    const { mode, format, token } = this.setting;
    const text = typeof fields === 'string' ? fields : write(format, fields);
    const timestamp = String(at);
    const nonce = String(randomBytes(4).readUInt32BE());
    const query = { timestamp, nonce, signature: signatureOf(token, timestamp, nonce) };
    const contentType = CONTENT_TYPES[format];
    if (mode === 'plain') return { query, body: text, contentType };
    const encrypt = this.encrypt(text, appId);
    return {
      query: { ...query, encrypt_type: 'aes', msg_signature: signatureOf(token, timestamp, nonce, encrypt) },
      body: write(format, { ToUserName: 'gh_97417a04a28d', Encrypt: encrypt }),
      contentType,
    };
  }

  /** Signs whatever is put where the encrypted text should be. */
  signEncrypt(encrypt: string): SignedPush {
    const push = this.sign({});
    const { timestamp = '', nonce = '' } = push.query;
    const msg_signature = signatureOf(this.setting.token, timestamp, nonce, encrypt);
    return { ...push, query: { ...push.query, msg_signature }, body: write(this.setting.format, { Encrypt: encrypt }) };
  }

  send({ query, body, contentType }: SignedPush, to: TestApp = this.test): Promise<Answer<string>> {
    const path = `/api/v1/wechat/events/${this.appId}?${new URLSearchParams(query).toString()}`;
    return to.client.post<string>(path, body, { headers: { 'content-type': contentType } });
  }

  push(fields: Fields, to?: TestApp): Promise<Answer<string>> {
    return this.send(this.sign(fields), to);
  }

  checkUrl(query: Record<string, string>): Promise<Answer<string>> {
    return this.test.client.get(`/api/v1/wechat/events/${this.appId}?${new URLSearchParams(query).toString()}`);
  }

  encrypt(text: string, appId = this.appId): string {
    const key = Buffer.from(`${this.setting.encodingAesKey ?? ''}=`, 'base64');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(text));
    const plain = Buffer.concat([randomBytes(16), length, Buffer.from(text), Buffer.from(appId)]);
    const padding = 32 - (plain.length % 32);
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    return Buffer.concat([
      cipher.update(plain),
      cipher.update(Buffer.alloc(padding, padding)),
      cipher.final(),
    ]).toString('base64');
  }
}

function write(format: PushSetting['format'], fields: Fields): string {
  if (format === 'json') return JSON.stringify(fields);
  const elements = Object.entries(fields).map(([name, value]) =>
    typeof value === 'number' ? `<${name}>${value}</${name}>` : `<${name}><![CDATA[${value}]]></${name}>`,
  );
  return `<xml>${elements.join('\n')}</xml>`;
}

function signatureOf(...parts: string[]): string {
  return createHash('sha1').update(parts.sort().join('')).digest('hex');
}
