import { stableToken } from './credentials/stable-token.js';
import { token } from './credentials/token.js';
import type { WechatEndpoint } from './endpoint.js';
import { getuserriskrank } from './safety/getuserriskrank.js';
import { checksession } from './session-key/checksession.js';
import { resetusersessionkey } from './session-key/resetusersessionkey.js';
import { getuserphonenumber } from './user/getuserphonenumber.js';
import { jscode2session } from './user/jscode2session.js';

/** WeChat's paths that the simulator knows; a new one is a file in a folder beside this and a line here. */
export const WECHAT_ENDPOINTS: readonly WechatEndpoint[] = [
  jscode2session,
  token,
  stableToken,
  checksession,
  resetusersessionkey,
  getuserphonenumber,
  getuserriskrank,
];

export function findEndpoint(path: string): WechatEndpoint | undefined {
  return WECHAT_ENDPOINTS.find((endpoint) => endpoint.path === path);
}
