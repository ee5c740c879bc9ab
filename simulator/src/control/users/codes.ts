import { json, type Answer } from '../../http/answer.js';
import { newLoginCode, newPhoneCode } from '../../world/identifiers.js';
import type { World } from '../../world/world.js';
import type { Fields } from '../fields.js';
import { readAccount } from './account-fields.js';
import { readPhone } from './phone-field.js';

/** `POST /__sim/codes` does what `wx.login` does on the user's phone. */
export function makeCode(world: World, fields: Fields): Answer {
  fields.allow('user', 'appId', 'unionid', 'openid');
  const account = readAccount(world, fields);
  account.renewSessionKey();
  const { code } = world.loginCodes.issue(newLoginCode(), account);
  return json(201, { code, openid: account.openid });
}

/** `POST /__sim/phone-codes` does what a tap on the phone number button does. */
export function makePhoneCode(world: World, fields: Fields): Answer {
  fields.allow('user', 'appId', 'phone');
  const account = readAccount(world, fields);
  const phone = readPhone(fields) ?? account.phone;
  return json(201, { code: world.phoneCodes.issue(newPhoneCode(), { account, phone }).code });
}
