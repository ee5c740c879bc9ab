import { json, type Answer } from '../http/answer.js';
import type { World } from '../world/world.js';

/** `GET /__sim/requests` shows what the server under test has asked WeChat, newest last. */
export function listRequests({ calls }: World): Answer {
  return json(200, calls.all());
}
