import type { WechatEndpoint } from './endpoint.js';
import { jscode2session } from './jscode2session.js';

/** WeChat's paths that the simulator knows; a new one is a file beside this and a line here. */
export const WECHAT_ENDPOINTS: readonly WechatEndpoint[] = [jscode2session];

export function findEndpoint(path: string): WechatEndpoint | undefined {
  return WECHAT_ENDPOINTS.find((endpoint) => endpoint.path === path);
}
