import type { AccessToken } from '../../world/access-tokens.js';
import type { World } from '../../world/world.js';
import type { WechatEndpoint } from '../endpoint.js';
import { WechatError } from '../errcodes.js';
import { postedFields, textOf } from '../posted-fields.js';
import { authenticateApp } from './app-credentials.js';
import { tokenReply } from './token-reply.js';

/** https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-access-token/api_getstableaccesstoken.html */
export const stableToken: WechatEndpoint = {
  method: 'POST',
  path: '/cgi-bin/stable_token',
  answer(call) {
    const { world, body } = call;
    const fields = postedFields(body);
    if (fields.grant_type !== 'client_credential') throw new WechatError(40002);
    const app = authenticateApp(call, textOf(fields, 'appid'), textOf(fields, 'secret'));
    if (!world.stableTokenQuota.take(app.id)) throw new WechatError(45011);
    return tokenReply(world.accessTokens, tokenFor(world, app.id, fields.force_refresh === true));
  },
};

/** Too early, a forced refresh gives the token that is there and does not count. */
function tokenFor({ accessTokens, forcedTokenQuota }: World, appId: string, force: boolean): AccessToken {
  if (!force || accessTokens.wasForcedJustNow(appId)) return accessTokens.stable(appId);
  if (!forcedTokenQuota.take(appId)) throw new WechatError(45009);
  return accessTokens.force(appId);
}
