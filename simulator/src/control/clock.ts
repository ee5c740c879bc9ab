import { json, type Answer } from '../http/answer.js';
import type { World } from '../world/world.js';
import type { Fields } from './fields.js';

const CENTURY = 100 * 366 * 24 * 3600;

/** `PUT /__sim/clock` sets how far the simulator's time is ahead of the machine's; it replaces the last offset. */
export function setClock({ clock }: World, fields: Fields): Answer {
  fields.allow('offsetSeconds');
  clock.offsetSeconds = fields.integer('offsetSeconds', { min: -CENTURY, max: CENTURY });
  return json(200, { offsetSeconds: clock.offsetSeconds, now: new Date(clock.now()).toISOString() });
}
