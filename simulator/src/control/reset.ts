import { json, type Answer } from '../http/answer.js';
import type { World } from '../world/world.js';

/** `POST /__sim/reset` forgets users, codes, faults, requests and the clock's offset. */
export function reset(world: World): Answer {
  world.reset();
  return json(204);
}
