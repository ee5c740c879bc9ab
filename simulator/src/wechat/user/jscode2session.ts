import type { Account } from '../../world/account.js';
import type { App } from '../../world/apps.js';
import type { World } from '../../world/world.js';
import { authenticateApp } from '../credentials/app-credentials.js';
import type { WechatEndpoint } from '../endpoint.js';
import { WechatError } from '../errcodes.js';

/** https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session.html */
export const jscode2session: WechatEndpoint = {
  method: 'GET',
  path: '/sns/jscode2session',
  answer(call) {
    const { world, query } = call;
    const app = authenticateApp(call, query.get('appid'), query.get('secret'));
    if (query.get('grant_type') !== 'authorization_code') throw new WechatError(40002);
    const { sessionKey, openid, unionid } = redeem(world, app, query.get('js_code'));
    return { session_key: sessionKey, openid, ...(unionid && { unionid }) };
  },
};

function redeem(world: World, app: App, code: string | null): Account {
  if (!code) throw new WechatError(41008);
  const login = world.loginCodes.find(code);
  if (login?.subject.app.id !== app.id) throw new WechatError(40029);
  if (!world.loginQuota.take(login.subject)) throw new WechatError(45011);
  if (login.used) throw new WechatError(40163);
  login.used = true;
  return login.subject;
}
