import { json, type Answer } from '../../http/answer.js';
import type { App } from '../../world/apps.js';
import type { World } from '../../world/world.js';
import { readApp } from '../users/account-fields.js';
import type { Fields } from '../fields.js';

const OPEN_PLATFORM = { matches: /^[^\p{C}]{0,64}$/u, says: 'up to 64 printable characters' };

/** `PUT /__sim/apps` changes an app while it runs, as its owner may in WeChat's console. */
export function setApp(world: World, fields: Fields): Answer {
  fields.allow('appId', 'openPlatform');
  const app = readApp(world, fields);
  const openPlatform = fields.optionalText('openPlatform', OPEN_PLATFORM);
  if (openPlatform !== undefined) app.openPlatform = openPlatform || undefined;
  return json(200, appView(app));
}

/** An app as the control door shows it, without its secret. */
export function appView({ id, openPlatform }: App): object {
  return { id, openPlatform };
}
