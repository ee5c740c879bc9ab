import { consoleFile } from '../console/console-file.js';
import type { Answer } from '../http/answer.js';
import type { World } from '../world/world.js';
import { endAccessTokens } from './apps/access-tokens.js';
import { setApp } from './apps/apps.js';
import { setClock } from './clock.js';
import { makeCode, makePhoneCode } from './users/codes.js';
import { addFault, clearFaults } from './faults.js';
import type { Fields } from './fields.js';
import { setQuota } from './apps/quotas.js';
import { listRequests } from './requests.js';
import { reset } from './reset.js';
import { showState } from './state.js';
import { setUser } from './users/users.js';

/** One operation of the control door. */
export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly answer: (world: World, fields: Fields) => Answer | Promise<Answer>;
}

/** The control door's table of contents. */
export const CONTROL_ROUTES: readonly ControlRoute[] = [
  { method: 'GET', path: '/', answer: () => consoleFile('console.html') },
  { method: 'GET', path: '/__sim/console.css', answer: () => consoleFile('console.css') },
  { method: 'GET', path: '/__sim/console.mjs', answer: () => consoleFile('console.mjs') },
  { method: 'GET', path: '/__sim/state', answer: showState },
  { method: 'GET', path: '/__sim/requests', answer: listRequests },
  { method: 'POST', path: '/__sim/codes', answer: makeCode },
  { method: 'POST', path: '/__sim/phone-codes', answer: makePhoneCode },
  { method: 'PUT', path: '/__sim/users', answer: setUser },
  { method: 'PUT', path: '/__sim/apps', answer: setApp },
  { method: 'PUT', path: '/__sim/quotas', answer: setQuota },
  { method: 'DELETE', path: '/__sim/access-tokens', answer: endAccessTokens },
  { method: 'POST', path: '/__sim/faults', answer: addFault },
  { method: 'DELETE', path: '/__sim/faults', answer: clearFaults },
  { method: 'PUT', path: '/__sim/clock', answer: setClock },
  { method: 'POST', path: '/__sim/reset', answer: reset },
];
