import type { Caller, Role } from '../../platform/identity/caller.js';
import { AccessTokenInvalidError } from '../auth.errors.js';

/** Media type of the header's `typ`, RFC 9068: nothing else of ours that is signed can pass for an access token. */
export const ACCESS_TOKEN_TYPE = 'at+jwt';
export const ACCESS_TOKEN_ALGORITHM = 'ES256';

/** What an access token says. */
export interface AccessTokenClaims {
  iss: string;
  aud: string;
  /** User id. */
  sub: string;
  /** Session id. */
  sid: string;
  /** Generation of the refresh token it was issued with. */
  gen: number;
  role: Role;
  iat: number;
  exp: number;
  jti: string;
}

/** @throws AccessTokenInvalidError for claims that this server would not have written */
export function callerOfClaims(claims: Partial<AccessTokenClaims>): Caller {
  const { aud, sub, sid, gen, role, iat, exp, jti } = claims;
  const isOurs = [aud, jti].every(isString) && [gen, iat, exp].every(Number.isInteger);
  const isNamed = isString(sub) && isString(sid) && (role === 'user' || role === 'admin');
  if (!isOurs || !isNamed) throw new AccessTokenInvalidError();
  return { userId: sub, sessionId: sid, generation: gen as number, role };
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
