import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Account } from '../../world/account.js';
import type { AppCall } from '../credentials/token-endpoint.js';
import { WechatError } from '../errcodes.js';

/** Gives the account whose session_key signed the empty string; the key is used as the text it is sent as. */
export function signedAccount({ world, app, query }: AppCall): Account {
  const account = world.accounts.findByOpenid(app.id, query.get('openid') ?? '');
  if (!account) throw new WechatError(40003);
  if (query.get('sig_method') !== 'hmac_sha256') throw new WechatError(87008);
  if (!account.sessionKey) throw new WechatError(87007);
  if (!isSignature(query.get('signature') ?? '', account.sessionKey)) throw new WechatError(87009);
  return account;
}

/** Takes upper-case letters too, as WeChat does. */
function isSignature(signature: string, sessionKey: string): boolean {
  const expected = createHmac('sha256', sessionKey).update('').digest();
  const given = Buffer.from(signature, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
