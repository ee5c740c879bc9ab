import type { Environment } from '../platform/config/environment.js';
import type { SessionMaximum } from './devices/session-surplus.js';

/** By which share an access token may live longer or shorter: or the clients of one busy minute all come back at once. */
export const ACCESS_TOKEN_JITTER = 0.05;

/** How long sessions and their tokens live. */
export class SessionsConfig {
  /** A refresh token that is not used for this long is dead. */
  readonly idleSeconds: number;
  /** No session lives longer, however often it is refreshed. */
  readonly absoluteSeconds: number;
  /** The longest life an access token can have been given. */
  readonly accessTokenMaxSeconds: number;
  readonly maximum: SessionMaximum;
  /** How long what is over is still known, to its owner. */
  readonly historyDays: number;
  readonly revocationPollMs: number;
  /** So long after a login, or another proof, somebody may change how they log in. */
  readonly recentLoginSeconds: number;
  /** After this long without news each request asks the database. */
  readonly revocationStaleMs: number;

  constructor(environment: Environment) {
    this.idleSeconds = environment.REFRESH_TOKEN_TTL;
    this.absoluteSeconds = environment.SESSION_MAX_TTL;
    this.accessTokenMaxSeconds = Math.ceil(environment.ACCESS_TOKEN_TTL * (1 + ACCESS_TOKEN_JITTER));
    this.recentLoginSeconds = environment.RECENT_LOGIN_SECONDS;
    this.maximum = {
      perUser: environment.MAX_SESSIONS_PER_USER,
      perPlatform: environment.MAX_SESSIONS_PER_PLATFORM ?? Infinity,
    };
    this.historyDays = environment.SESSION_HISTORY_DAYS;
    this.revocationPollMs = environment.REVOCATION_POLL_MS;
    this.revocationStaleMs = environment.REVOCATION_STALE_MS;
  }
}
