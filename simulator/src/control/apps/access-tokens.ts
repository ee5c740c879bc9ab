import { json, type Answer } from '../../http/answer.js';
import type { AccessToken } from '../../world/access-tokens.js';
import { shortened } from '../../world/call-log.js';
import type { World } from '../../world/world.js';
import { readApp } from '../users/account-fields.js';
import type { Fields } from '../fields.js';

/** `DELETE /__sim/access-tokens` ends an app's access_tokens at once: whoever still uses one gets 40001. */
export function endAccessTokens(world: World, fields: Fields): Answer {
  fields.allow('appId');
  world.accessTokens.end(readApp(world, fields).id);
  return json(204);
}

/** A token as the control door shows it: enough to tell it from another. */
export function accessTokenView({ text, appId, kind, endsAt }: AccessToken): object {
  return { token: shortened(text), appId, kind, endsAt: new Date(endsAt).toISOString() };
}
