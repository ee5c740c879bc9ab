import type { Environment } from '../platform/config/environment.js';

/** What access tokens say about where they come from, whom they are for, and how long they live. */
export class AuthConfig {
  readonly issuer: string;
  readonly audience: string;
  readonly accessTokenTtlSeconds: number;

  constructor(environment: Environment) {
    this.issuer = environment.TOKEN_ISSUER;
    this.audience = environment.TOKEN_AUDIENCE;
    this.accessTokenTtlSeconds = environment.ACCESS_TOKEN_TTL;
  }
}
