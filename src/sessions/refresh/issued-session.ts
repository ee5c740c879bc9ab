import type { UserSummary } from '../../users/user-summary.js';

/** A session as its client gets it: what an access token is made from, and the refresh token. */
export interface IssuedSession {
  id: string;
  generation: number;
  refreshToken: string;
  expiresAt: Date;
  absoluteExpiresAt: Date;
  user: UserSummary;
}
