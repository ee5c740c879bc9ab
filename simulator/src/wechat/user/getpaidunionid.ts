import { tokenEndpoint, type AppCall } from '../credentials/token-endpoint.js';
import { WechatError } from '../errcodes.js';
import { ok } from '../ok.js';

/** https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/basic-info/api_getpaidunionid.html */
export const getpaidunionid = tokenEndpoint({
  method: 'GET',
  path: '/wxa/getpaidunionid',
  answer(call) {
    const account = call.world.accounts.findByOpenid(call.app.id, call.query.get('openid') ?? '');
    if (!account) throw new WechatError(40003);
    if (call.world.payments.find(orderOf(call))?.subject !== account) throw new WechatError(89300);
    if (!account.unionid) throw new WechatError(89002);
    return ok({ unionid: account.unionid });
  },
});

/** WeChat Pay's own number of the order, or the merchant's. */
function orderOf({ query }: AppCall): string {
  return query.get('transaction_id') ?? `${query.get('mch_id')}/${query.get('out_trade_no')}`;
}
