import { Refusal } from '../../http/refusal.js';
import { checkPushSettings, isWebUrl, type CompletePushSettings } from '../../push/push-settings.js';
import type { App } from '../../world/apps.js';
import type { Fields } from '../fields.js';

const ANY_TEXT = { matches: /^/, says: 'text' };

/** The app's settings, with "url" in place of their own if it was sent. */
export function settingsFor(app: App, fields: Fields): CompletePushSettings {
  const url = fields.optionalText('url', ANY_TEXT);
  if (url !== undefined && !isWebUrl(url)) throw new Refusal(400, '"url" must be an http or https URL');
  if (!app.push) throw new Refusal(400, `app ${app.id} has no push settings; PUT /__sim/apps sets them`);
  return { ...checkPushSettings(app.push), ...(url && { url }) };
}
