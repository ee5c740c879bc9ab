import { ACCESS_TOKEN_JITTER } from '../sessions/sessions.config.js';
import type { Environment } from '../platform/config/environment.js';

/** What access tokens say about where they come from, whom they are for, and how long they live. */
export class AuthConfig {
  readonly issuer: string;
  readonly audience: string;
  readonly accessTokenTtlSeconds: number;
  /** The longest life an access token can have been given. */
  readonly accessTokenMaxSeconds: number;
  /** A signing key that is older is replaced. */
  readonly signingKeyMaxAgeDays: number;
  /** How often to ask which keys other processes have made, retired or revoked. */
  readonly revocationPollMs: number;
  /** After this long without news each request asks the database. */
  readonly revocationStaleMs: number;

  constructor(environment: Environment) {
    this.issuer = environment.TOKEN_ISSUER;
    this.audience = environment.TOKEN_AUDIENCE;
    this.accessTokenTtlSeconds = environment.ACCESS_TOKEN_TTL;
    this.accessTokenMaxSeconds = Math.ceil(environment.ACCESS_TOKEN_TTL * (1 + ACCESS_TOKEN_JITTER));
    this.signingKeyMaxAgeDays = environment.SIGNING_KEY_MAX_AGE_DAYS;
    this.revocationPollMs = environment.REVOCATION_POLL_MS;
    this.revocationStaleMs = environment.REVOCATION_STALE_MS;
  }
}
