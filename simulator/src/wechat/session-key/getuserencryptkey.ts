import { tokenEndpoint } from '../credentials/token-endpoint.js';
import { WechatError } from '../errcodes.js';
import { ok } from '../ok.js';
import { signedAccount } from './signed-account.js';

/**
 * A POST with everything in the query: any body makes the signature wrong.
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/internet/api_getuserencryptkey.html
 */
export const getuserencryptkey = tokenEndpoint({
  method: 'POST',
  path: '/wxa/business/getuserencryptkey',
  signing: 'parameters-only',
  answer(call) {
    const account = signedAccount(call);
    if (call.body !== '') throw new WechatError(87009);
    return ok({ key_info_list: account.encryptKeys.latest(call.world.clock.now()) });
  },
});
