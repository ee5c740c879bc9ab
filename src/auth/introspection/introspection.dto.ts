import type { Role } from '../../platform/identity/caller.js';
import { RequestInvalidError } from '../../platform/errors/request.errors.js';
import type { LiveToken } from './token-inspection.js';

/** The form of RFC 7662 and RFC 7009. */
export class TokenFormDto {
  /** An access token or a refresh token. */
  token: string;

  /**
   * Need not be given: tokens are told apart by what they look like.
   * @example access_token
   */
  token_type_hint?: string;

  /** @throws RequestInvalidError without a token */
  static from({ token, token_type_hint }: Record<string, string>): TokenFormDto {
    if (token === undefined) throw new RequestInvalidError();
    return { token, token_type_hint };
  }
}

/** What is known about a token (RFC 7662); nothing but `active: false` for one that is not good. */
export class IntrospectionDto {
  /** @example true */
  active: boolean;

  /**
   * Of an access token.
   * @example Bearer
   */
  token_type?: string;

  /**
   * Id of the user.
   * @example 1024
   */
  sub?: string;

  /**
   * Id of the session.
   * @example 0198c0de-5a3c-7b7e-9a53-0a4b7f1c2d3e
   */
  sid?: string;

  /** @example user */
  role?: Role;

  /** @example wx-login */
  iss?: string;

  /** @example mini-program */
  aud?: string;

  /** @example 1764298415 */
  iat?: number;

  /** @example 1764299315 */
  exp?: number;

  /** @example 4kVXk2W9b3nX0a1c */
  jti?: string;

  static from(live: LiveToken | null): IntrospectionDto {
    if (!live) return { active: false };
    const { session, claims } = live;
    const known = { active: true, sub: session.user.id, sid: session.id };
    if (!claims) return { ...known, exp: Math.floor(session.expiresAt.getTime() / 1000) };
    const { role, iss, aud, iat, exp, jti } = claims;
    return { ...known, token_type: 'Bearer', role, iss, aud, iat, exp, jti };
  }
}
