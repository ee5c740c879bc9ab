import { tokenEndpoint } from '../credentials/token-endpoint.js';
import { WechatError } from '../errcodes.js';
import { ok } from '../ok.js';
import { signedAccount } from './signed-account.js';

/** https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_resetusersessionkey.html */
export const resetusersessionkey = tokenEndpoint({
  method: 'GET',
  path: '/wxa/resetusersessionkey',
  answer(call) {
    if (!call.world.sessionKeyResetQuota.take(call.app.id)) throw new WechatError(45011);
    const account = signedAccount(call);
    return ok({ openid: account.openid, session_key: account.renewSessionKey() });
  },
});
