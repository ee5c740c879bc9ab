import { json, type Answer } from '../../http/answer.js';
import type { Account } from '../../world/account.js';
import type { World } from '../../world/world.js';
import { readAccount } from './account-fields.js';
import type { Fields } from '../fields.js';
import { readPhone } from './phone-field.js';

/** `PUT /__sim/users` changes what WeChat knows about a user, and counts as the user being in the app. */
export function setUser(world: World, fields: Fields): Answer {
  fields.allow('user', 'appId', 'unionid', 'openid', 'phone', 'riskRank', 'active', 'expireSessionKey');
  const riskRank = fields.optionalInteger('riskRank', { min: 0, max: 4 });
  const isAway = fields.optionalFlag('active') === false;
  const phone = readPhone(fields);
  const keyExpires = fields.optionalFlag('expireSessionKey');
  const account = readAccount(world, fields);
  account.riskRank = riskRank ?? account.riskRank;
  account.phone = phone ?? account.phone;
  if (isAway) account.activeAt = -Infinity;
  if (keyExpires) delete account.sessionKey;
  return json(200, userView(account));
}

/** A user as the control door shows it, without the session_key. */
export function userView({ user, app, openid, unionid, riskRank, phone }: Account): object {
  return { user, appId: app.id, openid, unionid, riskRank, phone };
}
