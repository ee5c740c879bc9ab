import { tokenEndpoint } from '../credentials/token-endpoint.js';
import { WechatError } from '../errcodes.js';
import { ok } from '../ok.js';
import { postedFields, textOf } from '../posted-fields.js';

/** https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/basic-info/api_getpluginopenpid.html */
export const getpluginopenpid = tokenEndpoint({
  method: 'POST',
  path: '/wxa/getpluginopenpid',
  signing: 'supported',
  answer({ app, body, world }) {
    const code = textOf(postedFields(body), 'code');
    if (code === null) throw new WechatError(1001);
    const issued = world.pluginCodes.find(code);
    if (!issued || issued.used) throw new WechatError(1007);
    if (issued.subject.account.app.id !== app.id) throw new WechatError(1005);
    issued.used = true;
    return ok({ openpid: issued.subject.openpid });
  },
});
