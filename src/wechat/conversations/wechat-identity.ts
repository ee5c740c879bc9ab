import { type WechatReply, WechatReplyMalformed } from '../transport/wechat-replies.js';
import { readSessionKey } from './session-key.js';

/** Who WeChat says made a login code. */
export interface WechatIdentity {
  appId: string;
  openid: string;
  unionid?: string;
  sessionKey: string;
}

const OPENID = /^[\w-]{1,64}$/;

/** Reads what `jscode2session` answers. @throws WechatReplyMalformed when a field is missing or is not what WeChat sends */
export function readIdentity(reply: WechatReply): Omit<WechatIdentity, 'appId'> {
  const { openid, unionid, session_key: sessionKey } = reply;
  if (typeof openid !== 'string' || !OPENID.test(openid)) throw new WechatReplyMalformed('no openid');
  const isUnionid = typeof unionid === 'string' && OPENID.test(unionid);
  return { openid, sessionKey: readSessionKey(sessionKey), unionid: isUnionid ? unionid : undefined };
}
