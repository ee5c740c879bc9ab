import { randomBytes } from 'node:crypto';
import type { WechatReply } from './endpoint.js';

/** https://developers.weixin.qq.com/doc/oplatform/Return_codes/Return_code_descriptions_new.html */
const MESSAGES = {
  [-1]: 'system error',
  40001: 'invalid credential, access_token is invalid or not latest',
  1: 'data not exist or expired',
  1003: 'invalid code',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40097: 'invalid args',
  40125: 'invalid appsecret',
  40129: 'invalid scene',
  40163: 'code been used',
  40164: 'invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist',
  40226: 'code blocked',
  40243: 'appsecret is frozen',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  41008: 'missing code',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  44002: 'empty post data',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit  mustslower  retry next minute',
  47001: 'data format error',
  48001: 'api unauthorized',
  61010: 'user has not been active in the last 2 hours',
  76021: 'cgi_path not found, please check',
  87007: 'session_key is not existed or expired',
  87008: 'invalid sig_method',
  87009: 'invalid signature',
  89002: 'open not exists',
  89300: 'invalid order',
} as const;

/** The errcodes the simulator has WeChat's words for. */
export type Errcode = keyof typeof MESSAGES;

/** Ends a call with an errcode. */
export class WechatError extends Error {
  constructor(readonly errcode: Errcode) {
    super(MESSAGES[errcode]);
  }
}

/** WeChat's error body; an errcode without known words, as a fault may ask for, gets plain ones. */
export function errorReply(errcode: number, now: number): WechatReply {
  const messages: Partial<Record<number, string>> = MESSAGES;
  return { errcode, errmsg: `${messages[errcode] ?? 'simulated error'}, rid: ${newRid(now)}` };
}

/** WeChat's trace id: the second in hexadecimal, then random. */
function newRid(now: number): string {
  const second = Math.floor(now / 1000) >>> 0;
  const random = randomBytes(8).toString('hex');
  return `${second.toString(16).padStart(8, '0')}-${random.slice(0, 8)}-${random.slice(8)}`;
}
