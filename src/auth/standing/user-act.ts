import type { Caller } from '../../platform/identity/caller.js';
import type { Client } from '../../platform/identity/client.js';

/** Which admin does something, and from where. */
export interface AdminAct {
  caller: Caller;
  client: Client;
}

/** Who acts on which user; nobody but the operator at the command line. */
export interface UserAct {
  userId: string;
  by?: AdminAct;
}

/** The acting admin as an audit event names them. */
export function actorOf(by?: AdminAct): { actorId?: string; client?: Client } {
  return by ? { actorId: by.caller.userId, client: by.client } : {};
}
