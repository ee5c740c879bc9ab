import type { App } from '../../world/apps.js';
import type { WechatCall } from '../endpoint.js';
import { WechatError } from '../errcodes.js';

/** Writes down whose call it is and counts it against the app's day quota. */
export function admit(call: WechatCall, app: App): App {
  call.app = app;
  if (!call.world.dayQuotas.take(app.id, call.path)) throw new WechatError(45009);
  return app;
}
