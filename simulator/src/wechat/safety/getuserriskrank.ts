import { riskIdOf } from '../../world/identifiers.js';
import { tokenEndpoint } from '../credentials/token-endpoint.js';
import { WechatError } from '../errcodes.js';
import { ok } from '../ok.js';
import { postedFields, textOf } from '../posted-fields.js';
import { activeAccount } from './active-account.js';

const SCENES: readonly unknown[] = [0, 1, 2];

/** https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/safety-control-capability/api_getuserriskrank.html */
export const getuserriskrank = tokenEndpoint({
  method: 'POST',
  path: '/wxa/getuserriskrank',
  answer(call) {
    const fields = postedFields(call.body);
    if (textOf(fields, 'appid') !== call.app.id) throw new WechatError(40013);
    if (!SCENES.includes(fields.scene)) throw new WechatError(40129);
    if (!textOf(fields, 'client_ip')) throw new WechatError(40097);
    const { riskRank, openid } = activeAccount(call, textOf(fields, 'openid'));
    return ok({ errmsg: 'getuserriskrank succ', risk_rank: riskRank, unoin_id: riskIdOf(openid) });
  },
});
