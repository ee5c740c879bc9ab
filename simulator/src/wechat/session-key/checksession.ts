import { tokenEndpoint } from '../credentials/token-endpoint.js';
import { ok } from '../ok.js';
import { signedAccount } from './signed-account.js';

/** https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_checksessionkey.html */
export const checksession = tokenEndpoint({
  method: 'GET',
  path: '/wxa/checksession',
  answer(call) {
    signedAccount(call);
    return ok();
  },
});
