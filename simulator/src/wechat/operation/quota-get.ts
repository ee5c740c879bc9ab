import { tokenEndpoint } from '../credentials/token-endpoint.js';
import type { WechatEndpoint } from '../endpoint.js';
import { WechatError } from '../errcodes.js';
import { ok } from '../ok.js';
import { postedFields, textOf } from '../posted-fields.js';

/** Tells how much of an endpoint's day quota is left; it has to know which endpoints there are. */
export function quotaGet(isEndpoint: (path: string) => boolean): WechatEndpoint {
  return tokenEndpoint({
    method: 'POST',
    path: '/cgi-bin/openapi/quota/get',
    answer({ app, body, world }) {
      const path = textOf(postedFields(body), 'cgi_path');
      if (!path || !isEndpoint(path)) throw new WechatError(76021);
      const { limit, used } = world.dayQuotas.usage(app.id, path);
      return ok({ quota: { daily_limit: limit, used, remain: Math.max(0, limit - used) } });
    },
  });
}
