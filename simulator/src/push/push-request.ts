import { createHash, randomInt } from 'node:crypto';
import type { OutgoingRequest } from '../http/outgoing.js';
import { encryptedMessage } from './encrypted-message.js';
import { CONTENT_TYPES, written, type Message } from './message.js';
import type { CompletePushSettings } from './push-settings.js';

interface Signed {
  readonly timestamp: string;
  readonly nonce: string;
  readonly signature: string;
}

interface Push {
  readonly settings: CompletePushSettings;
  readonly appId: string;
  readonly message: Message;
  readonly openid: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The request with which WeChat asks whether the URL is the owner's. */
export function verifyRequest({ url, token }: CompletePushSettings, echostr: string, now: number): OutgoingRequest {
  return { method: 'GET', url: withQuery(url, { ...signed(token, now), echostr }) };
}

/** https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html */
export function pushRequest({ settings, appId, message, openid, now }: Push): OutgoingRequest {
  const { mode, format, encodingAesKey, token, url } = settings;
  const query = { ...signed(token, now), openid };
  const headers = { 'content-type': CONTENT_TYPES[format] };
  const plain = written(message, format);
  if (mode === 'plain') return { method: 'POST', url: withQuery(url, query), headers, body: plain };
  const Encrypt = encryptedMessage(plain, encodingAesKey ?? '', appId);
  const msg_signature = sha1Of(token, query.timestamp, query.nonce, Encrypt);
  const envelope = mode === 'encrypted' ? { ToUserName: message.ToUserName, Encrypt } : { ...message, Encrypt };
  const secured = { ...query, encrypt_type: 'aes', msg_signature };
  return { method: 'POST', url: withQuery(url, secured), headers, body: written(envelope, format) };
}

function signed(token: string, now: number): Signed {
  const timestamp = String(Math.floor(now / 1000));
  const nonce = String(randomInt(1_000_000_000, 2_000_000_000));
  return { signature: sha1Of(token, timestamp, nonce), timestamp, nonce };
}

function sha1Of(...parts: string[]): string {
  return createHash('sha1').update(parts.sort().join('')).digest('hex');
}

/** Keeps what the owner's URL already asks for. */
function withQuery(url: string, query: object): string {
  const target = new URL(url);
  for (const [name, value] of Object.entries(query)) target.searchParams.set(name, String(value));
  return target.href;
}
