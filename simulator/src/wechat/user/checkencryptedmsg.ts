import { tokenEndpoint } from '../credentials/token-endpoint.js';
import { WechatError } from '../errcodes.js';
import { ok } from '../ok.js';
import { postedFields, textOf } from '../posted-fields.js';

/** Says "vaild", as WeChat does, of phone data that it encrypted within the last three days. */
export const checkencryptedmsg = tokenEndpoint({
  method: 'POST',
  path: '/wxa/business/checkencryptedmsg',
  signing: 'supported',
  answer({ app, body, world }) {
    const hash = textOf(postedFields(body), 'encrypted_msg_hash');
    if (!hash || !/^[0-9a-f]{64}$/i.test(hash)) throw new WechatError(40097);
    const made = world.phoneData.find(hash.toLowerCase());
    if (made?.subject.app.id !== app.id) throw new WechatError(1);
    return ok({ vaild: true, create_time: Math.floor(made.issuedAt / 1000) });
  },
});
