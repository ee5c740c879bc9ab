import { createPublicKey, type KeyObject } from 'node:crypto';
import type { EcPublicJwk, SigningKey } from './signing-key.entity.js';

/** A key as the JWKS shows it, RFC 7517. */
export interface PublicJwk extends EcPublicJwk {
  kid: string;
  use: 'sig';
  alg: 'ES256';
}

/** What one read of the table says: which keys verify, and which one signs. */
export interface Keyring {
  publicKeys: Map<string, KeyObject>;
  /** Newest first. */
  jwks: PublicJwk[];
  signing?: SigningKey;
}

export const EMPTY_KEYRING: Keyring = { publicKeys: new Map(), jwks: [] };

/** Leaves out retired keys whose time is over; takes the keys that were known before as they are. */
export function keyringOf(rows: SigningKey[], known: Keyring, now: Date): Keyring {
  const verifying = rows.filter(({ verifiesUntil }) => verifiesUntil === null || verifiesUntil > now);
  const publicKey = ({ kid, publicJwk }: SigningKey) =>
    known.publicKeys.get(kid) ?? createPublicKey({ key: { ...publicJwk }, format: 'jwk' });
  return {
    publicKeys: new Map(verifying.map((row) => [row.kid, publicKey(row)])),
    jwks: verifying.map(({ kid, publicJwk: { kty, crv, x, y } }) => ({
      kty,
      crv,
      x,
      y,
      kid,
      use: 'sig',
      alg: 'ES256',
    })),
    signing: rows.find(({ state }) => state === 'signing'),
  };
}
