import type { WechatEndpoint } from '../endpoint.js';
import { WechatError } from '../errcodes.js';
import { authenticateApp } from './app-credentials.js';
import { tokenReply } from './token-reply.js';

/** https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-access-token/api_getaccesstoken.html */
export const token: WechatEndpoint = {
  method: 'GET',
  path: '/cgi-bin/token',
  answer(call) {
    const { world, query } = call;
    if (query.get('grant_type') !== 'client_credential') throw new WechatError(40002);
    const app = authenticateApp(call, query.get('appid'), query.get('secret'));
    return tokenReply(world.accessTokens, world.accessTokens.renew(app.id));
  },
};
