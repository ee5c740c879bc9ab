import { json, type Answer } from '../http/answer.js';
import { Refusal } from '../http/refusal.js';
import type { Account } from '../world/accounts.js';
import type { App } from '../world/apps.js';
import { ID_PATTERN } from '../world/identifiers.js';
import type { World } from '../world/world.js';
import type { Fields } from './fields.js';

const NAME = { matches: /^[^\p{C}]{1,128}$/u, says: '1 to 128 printable characters' };
const WECHAT_ID = { matches: ID_PATTERN, says: '28 letters, digits, "-" or "_"' };

/** `POST /__sim/codes` does what `wx.login` does on the user's phone. */
export function makeCode(world: World, fields: Fields): Answer {
  fields.allow('user', 'appId', 'unionid', 'openid');
  const account = accountOf(world, fields);
  const { code } = world.loginCodes.issue(account);
  return json(201, { code, openid: account.openid });
}

/** Explicit ids stay with the account until the next reset. */
function accountOf(world: World, fields: Fields): Account {
  const user = fields.text('user', NAME);
  const app = appOf(world, fields.optionalText('appId', NAME));
  const unionid = fields.optionalText('unionid', WECHAT_ID);
  const openid = fields.optionalText('openid', WECHAT_ID);
  if (openid) refuseTakenOpenid(world.accounts.findByOpenid(app.id, openid), user);
  return Object.assign(world.accounts.of(user, app), unionid && { unionid }, openid && { openid });
}

function appOf({ apps }: World, id: string | undefined): App {
  const app = id === undefined ? apps.all()[0] : apps.find(id);
  if (!app) throw new Refusal(400, `"appId" must be one of the simulator's apps, which "${id}" is not`);
  return app;
}

function refuseTakenOpenid(holder: Account | undefined, user: string): void {
  if (!holder || holder.user === user) return;
  throw new Refusal(400, `"openid" already belongs to the user "${holder.user}"`);
}
