import { tokenEndpoint, type AppCall } from '../credentials/token-endpoint.js';
import { WechatError } from '../errcodes.js';
import { ok } from '../ok.js';
import { postedFields, textOf } from '../posted-fields.js';
import type { IssuedCode } from '../../world/issued-codes.js';
import type { PhoneConsent } from '../../world/world.js';
import { phoneInfo } from './phone-info.js';

/** https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/phone-number/api_getphonenumber.html */
export const getuserphonenumber = tokenEndpoint({
  method: 'POST',
  path: '/wxa/business/getuserphonenumber',
  answer(call) {
    const fields = postedFields(call.body);
    const { subject } = redeem(call, textOf(fields, 'code'), textOf(fields, 'openid'));
    return ok({ phone_info: phoneInfo(subject.phone, call.app.id, call.world.clock.now()) });
  },
});

/** A call that is refused leaves the code usable; which errcode a foreign openid gets is not documented. */
function redeem({ world, app }: AppCall, code: string | null, openid: string | null): IssuedCode<PhoneConsent> {
  const issued = code === null ? undefined : world.phoneCodes.find(code);
  if (!issued || issued.used) throw new WechatError(40029);
  const { account } = issued.subject;
  if (account.app.id !== app.id) throw new WechatError(40013);
  if (openid !== null && openid !== account.openid) throw new WechatError(40029);
  issued.used = true;
  return issued;
}
