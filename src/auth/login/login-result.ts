import type { Client } from '../../platform/identity/client.js';
import type { IssuedSession } from '../../sessions/refresh/issued-session.js';
import type { Device } from '../../sessions/refresh/session-opening.js';

/** What every login ends in. */
export interface LoginResult {
  session: IssuedSession;
  isNewUser: boolean;
}

/** Where a login comes from. */
export interface Origin {
  client: Client;
  device?: Device;
}
