import { useSyncExternalStore } from 'react';
import { session } from '../api/session.js';
import type { User } from '../api/types.js';
import type { SessionState } from '../api/web-session.js';

export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, session.current);
}

/** The caller, on pages that only those who are logged in get to see. */
export function useMe(): { user: User; sessionId: string } {
  const state = useSession();
  if (state.status !== 'signed-in') throw new Error('Only for pages behind the login');
  return state;
}
