import { createHash, generateKeyPairSync } from 'node:crypto';
import type { EcPublicJwk } from './signing-key.entity.js';

/** A key pair nobody knows yet. */
export interface NewSigningKey {
  /** The thumbprint of the public half, RFC 7638. */
  kid: string;
  publicJwk: EcPublicJwk;
  /** PKCS #8. */
  privateKey: Buffer;
}

export function newSigningKey(): NewSigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicJwk = publicKey.export({ format: 'jwk' }) as EcPublicJwk;
  return { kid: thumbprint(publicJwk), publicJwk, privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }) };
}

// The required members in alphabetical order, without spaces.
function thumbprint({ crv, kty, x, y }: EcPublicJwk): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
}
