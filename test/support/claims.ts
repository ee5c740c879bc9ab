import type { AccessTokenClaims } from '../../src/auth/access-token/access-token-claims.js';

/** What an access token says, without checking it. */
export function claimsOf(accessToken: string): AccessTokenClaims {
  const payload = accessToken.split('.')[1] ?? '';
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as AccessTokenClaims;
}
