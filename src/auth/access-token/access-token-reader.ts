import { Injectable } from '@nestjs/common';
import jwt from 'jsonwebtoken';
import { Clock } from '../../platform/clock.js';
import { AuthConfig } from '../auth.config.js';
import { AccessTokenInvalidError } from '../auth.errors.js';
import { SigningKeys } from '../keys/signing-keys.js';
import { ACCESS_TOKEN_ALGORITHM, type AccessTokenClaims, callerOfClaims } from './access-token-claims.js';
import { findKey } from './access-token.strategy.js';

// An ES256 signature has 64 bytes; jsonwebtoken throws a TypeError of its own for one of any other length.
const JWT = /^[\w-]+\.[\w-]+\.[\w-]{86}$/;

/** Reads an access token that is not the caller's own, with the checks of the guard but the one of its session. */
@Injectable()
export class AccessTokenReader {
  constructor(
    private readonly keys: SigningKeys,
    private readonly config: AuthConfig,
    private readonly clock: Clock,
  ) {}

  /** Null for one that is not ours, or expired. */
  async read(token: string): Promise<AccessTokenClaims | null> {
    if (!JWT.test(token)) return null;
    try {
      const { issuer, audience } = this.config;
      const rules = { algorithms: [ACCESS_TOKEN_ALGORITHM as jwt.Algorithm], issuer, audience, ignoreExpiration: true };
      const claims = jwt.verify(token, await findKey(this.keys, token), rules) as AccessTokenClaims;
      callerOfClaims(claims);
      return claims.exp > this.clock.nowSeconds() ? claims : null;
    } catch (error) {
      if (error instanceof jwt.JsonWebTokenError || error instanceof AccessTokenInvalidError) return null;
      throw error;
    }
  }
}
