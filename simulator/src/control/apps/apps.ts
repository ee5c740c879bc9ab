import { json, type Answer } from '../../http/answer.js';
import { Refusal } from '../../http/refusal.js';
import { checkPushSettings, type PushSettings } from '../../push/push-settings.js';
import { publicPart } from '../../signing/platform-key.js';
import { checkSigningSettings, type SigningSettings } from '../../signing/signing-settings.js';
import type { App } from '../../world/apps.js';
import type { World } from '../../world/world.js';
import { readApp } from '../users/account-fields.js';
import type { Fields } from '../fields.js';

const OPEN_PLATFORM = { matches: /^[^\p{C}]{0,64}$/u, says: 'up to 64 printable characters' };

/** `PUT /__sim/apps` changes an app while it runs, as its owner may in WeChat's console. */
export function setApp(world: World, fields: Fields): Answer {
  fields.allow('appId', 'openPlatform', 'push', 'signing');
  const signing = readSettings(fields, 'signing', checkSigningSettings);
  const push = readSettings(fields, 'push', (push) => checkPushSettings(push as PushSettings));
  const app = readApp(world, fields);
  const openPlatform = fields.optionalText('openPlatform', OPEN_PLATFORM);
  if (openPlatform !== undefined) app.openPlatform = openPlatform || undefined;
  if (push) app.push = push;
  if (signing) app.signing = signing;
  return json(200, appView(app));
}

/** An app as the control door shows it, without its secrets. */
export function appView({ id, openPlatform, push, signing }: App): object {
  return { id, openPlatform, ...(push && pushView(push)), ...(signing && signingView(signing)) };
}

function pushView({ url, mode, format }: PushSettings): object {
  return { push: { url, mode, format } };
}

function signingView({ symmetricKeySn, platformKeys = [] }: SigningSettings): object {
  return { signing: { symmetricKeySn, platformKeys: platformKeys.map(publicPart) } };
}

/** Reads settings that are an object of their own, in the words of their own check. */
function readSettings<Settings>(
  fields: Fields,
  name: string,
  check: (settings: object) => Settings,
): Settings | undefined {
  const settings = fields.optionalObject(name);
  try {
    return settings && check(settings);
  } catch (error) {
    throw new Refusal(400, (error as Error).message);
  }
}
