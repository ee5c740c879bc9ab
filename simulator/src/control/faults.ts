import { parseEffect, PLAIN_EFFECTS, type Effect } from '../faults/effect.js';
import { labelOf, type Fault } from '../faults/fault.js';
import { json, type Answer } from '../http/answer.js';
import { Refusal } from '../http/refusal.js';
import type { World } from '../world/world.js';
import { readEndpoint } from './endpoint-field.js';
import type { Fields } from './fields.js';

const ANY_TEXT = { matches: /^/, says: 'text' };
const TEN_MINUTES_MS = 600_000;

/** `POST /__sim/faults` makes the next requests to a path go wrong. */
export function addFault(world: World, fields: Fields): Answer {
  fields.allow('endpoint', 'fault', 'times', 'delayMs', 'burnsCode');
  const fault = readFault(fields);
  world.faults.add(fault);
  return json(201, faultView(fault));
}

/** `DELETE /__sim/faults` makes everything go right again. */
export function clearFaults(world: World): Answer {
  world.faults.clear();
  return json(204);
}

/** A fault as the control door shows it. */
export function faultView(fault: Fault): object {
  const { endpoint, times, delayMs, burnsCode } = fault;
  return { endpoint, fault: labelOf(fault), times, delayMs, burnsCode };
}

function readFault(fields: Fields): Fault {
  const effect = readEffect(fields);
  const delayMs = fields.optionalInteger('delayMs', { min: 1, max: TEN_MINUTES_MS });
  if (!effect && !delayMs) throw new Refusal(400, 'give "fault", "delayMs" or both');
  return {
    endpoint: readEndpoint(fields, '*'),
    effect,
    times: fields.optionalInteger('times', { min: 1, max: 1_000_000 }),
    delayMs: delayMs ?? 0,
    burnsCode: fields.optionalFlag('burnsCode') ?? false,
  };
}

function readEffect(fields: Fields): Effect | undefined {
  const text = fields.optionalText('fault', ANY_TEXT);
  if (text === undefined) return undefined;
  const effect = parseEffect(text);
  if (effect) return effect;
  throw new Refusal(400, `"fault" must be errcode:N (not 0), http:N (300–599), ${PLAIN_EFFECTS.join(', ')}`);
}
