import type { EnvironmentVariables } from './environment.schema.js';
import type { WechatAppSetting } from './wechat-app.schema.js';

/** The checked configuration of one process. Features take their own small part of it. */
export interface Environment extends Omit<EnvironmentVariables, 'WECHAT_APPS' | 'WECHAT_APP_ID' | 'WECHAT_APP_SECRET'> {
  APP_SECRET: string;
  WECHAT_APPS: WechatAppSetting[];
  WECHAT_API_BASE_URL: string;
  isProduction: boolean;
}

/** Injection token of the Environment. */
export const ENVIRONMENT = Symbol('Environment');

/** The simulator's only app: what `simulator/` knows when it is told nothing. A test holds the two equal. */
export const SIMULATOR_APP: WechatAppSetting = {
  id: 'wx0000000000000001',
  secret: '51b0a1a7e5c94d0f8a3b6c2d1e0f9a8b',
  name: 'WeChat simulator',
};
