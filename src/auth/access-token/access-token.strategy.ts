import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { KeyObject } from 'node:crypto';
import { ExtractJwt, type SecretOrKeyProvider, Strategy } from 'passport-jwt';
import { Clock } from '../../platform/clock.js';
import { AuthConfig } from '../auth.config.js';
import { AccessTokenExpiredError, AccessTokenInvalidError } from '../auth.errors.js';
import { SigningKeys } from '../keys/signing-keys.js';
import {
  ACCESS_TOKEN_ALGORITHM,
  ACCESS_TOKEN_TYPE,
  type AccessTokenClaims,
  callerOfClaims,
} from './access-token-claims.js';
import { headerOf } from './token-header.js';
import type { VerifiedToken } from './verified-tokens.js';

const ACCESS_TOKEN = 'access-token';

/** passport-jwt for our access tokens, with the checks it leaves out: `typ`, `crit`, `kid`, and expiry by our own clock. */
@Injectable()
export class AccessTokenStrategy extends PassportStrategy(Strategy, ACCESS_TOKEN) {
  constructor(
    keys: SigningKeys,
    config: AuthConfig,
    private readonly clock: Clock,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKeyProvider: keyProvider(keys),
      algorithms: [ACCESS_TOKEN_ALGORITHM],
      issuer: config.issuer,
      audience: config.audience,
      ignoreExpiration: true, // validate() checks it: jsonwebtoken cannot be handed a clock
    });
  }

  validate(claims: AccessTokenClaims): VerifiedToken {
    const caller = callerOfClaims(claims);
    if (claims.exp <= this.clock.nowSeconds()) throw new AccessTokenExpiredError();
    return { caller, expiresAtSeconds: claims.exp };
  }
}

function keyProvider(keys: SigningKeys): SecretOrKeyProvider {
  return (_request, token: string, done) => {
    findKey(keys, token).then(
      // passport-jwt's type asks for a PEM; jsonwebtoken takes a KeyObject, which spares it from parsing each time.
      (key) => done(null, key as unknown as string),
      (error: Error) => done(error),
    );
  };
}

/** @throws AccessTokenInvalidError when the header is not one of ours */
export async function findKey(keys: SigningKeys, token: string): Promise<KeyObject> {
  const header = headerOf(token);
  const isOurs =
    header?.alg === ACCESS_TOKEN_ALGORITHM && header.typ === ACCESS_TOKEN_TYPE && header.crit === undefined;
  const key = isOurs && typeof header.kid === 'string' ? await keys.findPublicKey(header.kid) : null;
  if (!key) throw new AccessTokenInvalidError();
  return key;
}
