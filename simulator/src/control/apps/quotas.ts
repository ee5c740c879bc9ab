import { json, type Answer } from '../../http/answer.js';
import type { World } from '../../world/world.js';
import { readApp } from '../users/account-fields.js';
import { readEndpoint } from '../endpoint-field.js';
import type { Fields } from '../fields.js';

/** `PUT /__sim/quotas` sets how often an app may call an endpoint in a day before errcode 45009. */
export function setQuota(world: World, fields: Fields): Answer {
  fields.allow('endpoint', 'dailyLimit', 'appId');
  const dailyLimit = fields.integer('dailyLimit', { min: 0, max: 1_000_000_000 });
  const endpoint = readEndpoint(fields);
  return json(200, world.dayQuotas.setLimit(readApp(world, fields).id, endpoint, dailyLimit));
}
