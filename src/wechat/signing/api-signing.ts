import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Clock } from '../../platform/clock.js';
import type { WechatEndpoint } from '../transport/endpoints.js';
import type { PreparedRequest } from '../transport/wechat-calls.js';
import { readReply, type WechatAnswer, type WechatReply, WechatReplyMalformed } from '../transport/wechat-replies.js';
import type { WechatApp } from '../wechat.config.js';
import { open, seal, type SealedBody } from './sealed-body.js';
import { readSigningKeys, type SigningKeys } from './signing-keys.js';
import { sign, type SignedText, verify } from './signature.js';

/** What of a call is signed. */
export interface SignableCall {
  app: WechatApp;
  endpoint: WechatEndpoint;
  query?: Record<string, string>;
  body?: object;
}

const URL_PREFIX = 'https://api.weixin.qq.com'; // signed as it is, whichever host or simulator is asked
const FRESH_SECONDS = 300;

/** API signing and encryption (服务端API签名), for the apps that have it switched on and the endpoints that take it. */
@Injectable()
export class ApiSigning {
  private readonly keys = new Map<string, SigningKeys>();

  constructor(private readonly clock: Clock) {}

  /** The request as it has to be sent, and how its answer is to be read. */
  prepare(call: SignableCall): PreparedRequest {
    const { app, endpoint, query, body } = call;
    if (!app.signing || !endpoint.supportsSigning) return { query, body: body && JSON.stringify(body) };
    return this.prepareSigned(call, this.keysOf(app, app.signing));
  }

  private prepareSigned({ app, endpoint, query, body }: SignableCall, keys: SigningKeys): PreparedRequest {
    const url = URL_PREFIX + endpoint.path;
    const timestamp = this.clock.nowSeconds();
    const nonce = randomBytes(16).toString('base64url');
    const content = { ...query, ...body, _n: nonce, _appid: app.id, _timestamp: timestamp };
    const sealed = JSON.stringify(seal(JSON.stringify(content), keys.symmetric, aadOf(url, app, timestamp)));
    return {
      body: sealed,
      headers: {
        'Wechatmp-Appid': app.id,
        'Wechatmp-TimeStamp': String(timestamp),
        'Wechatmp-Signature': sign({ url, appId: app.id, timestamp, body: sealed }, keys.private),
        ...(app.signing?.certificateSn ? { 'Wechatmp-Serial': app.signing.certificateSn } : {}),
      },
      read: (answer) => this.read(answer, { app, url, keys }),
    };
  }

  private read(
    answer: WechatAnswer,
    { app, url, keys }: { app: WechatApp; url: string; keys: SigningKeys },
  ): WechatReply {
    const reply = readReply(answer); // a gateway's refusal comes as plain JSON, and ends here
    const timestamp = Number(answer.header('Wechatmp-TimeStamp'));
    this.requireGenuine(answer, { url, appId: app.id, timestamp, body: answer.body }, keys);
    const text = open(sealedIn(reply), keys.symmetric, aadOf(url, app, timestamp));
    const content = readReply({ ...answer, body: text });
    if (content._appid !== app.id || Number(content._timestamp) !== timestamp)
      throw distrust('another answer’s content');
    return content;
  }

  private requireGenuine(answer: WechatAnswer, signed: SignedText, keys: SigningKeys): void {
    if (answer.header('Wechatmp-Appid') !== signed.appId) throw distrust('signed for another app');
    if (!(Math.abs(this.clock.nowSeconds() - signed.timestamp) <= FRESH_SECONDS)) throw distrust('signed too long ago');
    const [key, signature] = signatureOf(answer, keys);
    if (!verify(signed, signature, key)) throw distrust('the signature is wrong');
  }

  private keysOf(app: WechatApp, setting: NonNullable<WechatApp['signing']>): SigningKeys {
    const known = this.keys.get(app.id) ?? readSigningKeys(setting);
    this.keys.set(app.id, known);
    return known;
  }
}

// During a rotation WeChat signs with both certificates.
function signatureOf(answer: WechatAnswer, { platform }: SigningKeys) {
  for (const suffix of ['', '-Deprecated']) {
    const key = platform.get(answer.header(`Wechatmp-Serial${suffix}`) ?? '');
    const signature = answer.header(`Wechatmp-Signature${suffix}`);
    if (key && signature) return [key, signature] as const;
  }
  throw distrust('signed with a certificate that is not configured');
}

function aadOf(url: string, { id, signing }: WechatApp, timestamp: number): string {
  return [url, id, timestamp, signing?.symmetricKeySn].join('|');
}

function sealedIn({ iv, data, authtag }: WechatReply): SealedBody {
  if (typeof iv !== 'string' || typeof data !== 'string' || typeof authtag !== 'string')
    throw distrust('not encrypted');
  return { iv, data, authtag };
}

function distrust(reason: string): WechatReplyMalformed {
  return new WechatReplyMalformed(`API signing: ${reason}`);
}
