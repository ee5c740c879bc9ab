import type { WechatReply } from './endpoint.js';

/** A success the way every endpoint but the oldest ones says it. */
export function ok(fields: WechatReply = {}): WechatReply {
  return { errcode: 0, errmsg: 'ok', ...fields };
}
