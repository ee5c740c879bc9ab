import type { AuthError } from '../errors/auth-error.js';
import type { User } from '../http/answers.js';

/** Why somebody is logged in, or no longer. */
export type AuthChangeReason = 'login' | 'logout' | 'ended' | 'elsewhere';

/** What `onAuthChange` tells. */
export interface AuthChange {
  /** Who is logged in now; null for nobody. */
  user: User | null;
  /**
   * `login`: by WeChat, phone or password · `logout`: the user wanted it · `ended`: the server says so, see `error` ·
   * `elsewhere`: another client on the same phone did it.
   */
  reason: AuthChangeReason;
  error?: AuthError;
}
