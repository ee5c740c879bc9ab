import { createHmac } from 'node:crypto';
import { WechatReplyMalformed } from '../transport/wechat-replies.js';

const SESSION_KEY = /^[A-Za-z0-9+/]{22}==$/; // base64 of 16 bytes

/** @throws WechatReplyMalformed when it is not what WeChat sends */
export function readSessionKey(value: unknown): string {
  if (typeof value !== 'string' || !SESSION_KEY.test(value)) throw new WechatReplyMalformed('no session_key');
  return value;
}

/** The user's login signature (用户登录态签名): the key is the text as received, not the bytes it encodes. */
export function signWithSessionKey(sessionKey: string, message: string): string {
  return createHmac('sha256', sessionKey).update(message).digest('hex');
}
