import { createHash, timingSafeEqual } from 'node:crypto';
import type { App } from '../../world/apps.js';
import type { WechatCall } from '../endpoint.js';
import { WechatError } from '../errcodes.js';
import { admit } from './admit.js';

/** Gives the app whose id and secret were sent, or WeChat's errcode for what is wrong with them. */
export function authenticateApp(call: WechatCall, appId: string | null, secret: string | null): App {
  if (!appId) throw new WechatError(41002);
  const app = call.world.apps.find(appId);
  if (!app) throw new WechatError(40013);
  if (!secret) throw new WechatError(41004);
  if (!isSame(secret, app.secret)) throw new WechatError(40125);
  return admit(call, app);
}

function isSame(left: string, right: string): boolean {
  return timingSafeEqual(digest(left), digest(right));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
