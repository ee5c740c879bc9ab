import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { randomBytes } from 'node:crypto';
import { Clock } from '../../platform/clock.js';
import type { IssuedSession } from '../../sessions/refresh/issued-session.js';
import { ACCESS_TOKEN_JITTER } from '../../sessions/sessions.config.js';
import { AuthConfig } from '../auth.config.js';
import { SigningKeys } from '../keys/signing-keys.js';
import { ACCESS_TOKEN_ALGORITHM, ACCESS_TOKEN_TYPE, type AccessTokenClaims } from './access-token-claims.js';

const JTI_BYTES = 12;

export interface IssuedAccessToken {
  accessToken: string;
  /** Seconds until it expires. */
  expiresIn: number;
}

/** Writes access tokens: ES256, 15 minutes give or take 5 %, never longer than the session itself. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly jwt: JwtService,
    private readonly keys: SigningKeys,
    private readonly config: AuthConfig,
    private readonly clock: Clock,
  ) {}

  async issue(session: IssuedSession): Promise<IssuedAccessToken> {
    const { kid, privateKey } = await this.keys.signer();
    const claims = this.claimsFor(session);
    const header = { alg: ACCESS_TOKEN_ALGORITHM, typ: ACCESS_TOKEN_TYPE, kid };
    const accessToken = this.jwt.sign(claims, { privateKey, algorithm: ACCESS_TOKEN_ALGORITHM, header });
    return { accessToken, expiresIn: claims.exp - claims.iat };
  }

  private claimsFor({ id, generation, user, absoluteExpiresAt }: IssuedSession): AccessTokenClaims {
    const { issuer, audience, accessTokenTtlSeconds } = this.config;
    const iat = this.clock.nowSeconds();
    const life = Math.round(accessTokenTtlSeconds * (1 + ACCESS_TOKEN_JITTER * (2 * Math.random() - 1)));
    return {
      iss: issuer,
      aud: audience,
      sub: user.id,
      sid: id,
      gen: generation,
      role: user.role,
      iat,
      exp: Math.min(iat + life, Math.floor(absoluteExpiresAt.getTime() / 1000)),
      jti: randomBytes(JTI_BYTES).toString('base64url'),
    };
  }
}
