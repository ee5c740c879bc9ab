import { Refusal } from '../../http/refusal.js';
import type { Account } from '../../world/account.js';
import type { App } from '../../world/apps.js';
import { ID_PATTERN } from '../../world/identifiers.js';
import type { World } from '../../world/world.js';
import type { Fields } from '../fields.js';

const NAME = { matches: /^[^\p{C}]{1,128}$/u, says: '1 to 128 printable characters' };
const WECHAT_ID = { matches: ID_PATTERN, says: '28 letters, digits, "-" or "_"' };

/** Reads "user" and "appId" as someone who is in the app just now; ids given by hand stay until the next reset. */
export function readAccount(world: World, fields: Fields): Account {
  const user = fields.text('user', NAME);
  const app = readApp(world, fields);
  const unionid = fields.optionalText('unionid', WECHAT_ID);
  const openid = fields.optionalText('openid', WECHAT_ID);
  if (openid) refuseTakenOpenid(world.accounts.findByOpenid(app.id, openid), user);
  const account = world.accounts.of(user, app);
  account.explicitUnionid = unionid ?? account.explicitUnionid;
  account.openid = openid ?? account.openid;
  account.activeAt = world.clock.now();
  return account;
}

/** Reads "appId"; without it the first app is meant. */
export function readApp({ apps }: World, fields: Fields): App {
  const id = fields.optionalText('appId', NAME);
  const app = id === undefined ? apps.all()[0] : apps.find(id);
  if (!app) throw new Refusal(400, `"appId" must be one of the simulator's apps, which "${id}" is not`);
  return app;
}

function refuseTakenOpenid(holder: Account | undefined, user: string): void {
  if (!holder || holder.user === user) return;
  throw new Refusal(400, `"openid" already belongs to the user "${holder.user}"`);
}
