import type { AccessToken, AccessTokens } from '../../world/access-tokens.js';
import type { WechatReply } from '../endpoint.js';

/** What both token endpoints say: no errcode, and the life that is really left. */
export function tokenReply(tokens: AccessTokens, token: AccessToken): WechatReply {
  return { access_token: token.text, expires_in: Math.ceil(tokens.remainingMs(token) / 1000) };
}
