import { stableToken } from './credentials/stable-token.js';
import { token } from './credentials/token.js';
import type { WechatEndpoint } from './endpoint.js';
import { quotaGet } from './operation/quota-get.js';
import { getuserriskrank } from './safety/getuserriskrank.js';
import { msgSecCheck } from './safety/msg-sec-check.js';
import { checksession } from './session-key/checksession.js';
import { getuserencryptkey } from './session-key/getuserencryptkey.js';
import { resetusersessionkey } from './session-key/resetusersessionkey.js';
import { checkencryptedmsg } from './user/checkencryptedmsg.js';
import { getpaidunionid } from './user/getpaidunionid.js';
import { getpluginopenpid } from './user/getpluginopenpid.js';
import { getuserphonenumber } from './user/getuserphonenumber.js';
import { jscode2session } from './user/jscode2session.js';

/** WeChat's paths that the simulator knows; a new one is a file in a folder beside this and a line here. */
export const WECHAT_ENDPOINTS: readonly WechatEndpoint[] = [
  jscode2session,
  token,
  stableToken,
  checksession,
  resetusersessionkey,
  getuserencryptkey,
  getuserphonenumber,
  checkencryptedmsg,
  getpaidunionid,
  getpluginopenpid,
  getuserriskrank,
  msgSecCheck,
  quotaGet((path) => findEndpoint(path) !== undefined),
];

export function findEndpoint(path: string): WechatEndpoint | undefined {
  return WECHAT_ENDPOINTS.find((endpoint) => endpoint.path === path);
}
