import { createHmac, sign, type KeyObject } from 'node:crypto';
import { SigningKeys } from '../../src/auth/keys/signing-keys.js';
import type { AccessTokenClaims } from '../../src/auth/access-token/access-token-claims.js';
import type { TestApp } from './test-app.js';

export type Json = Record<string, unknown>;
export type Signature = (input: string) => Buffer;

/** A token part by part, as an attacker can write it. */
export interface Forgery {
  header?: Json | string;
  claims?: Json | string;
  signature?: Signature;
}

export const es256 =
  (key: KeyObject): Signature =>
  (input) =>
    sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
export const hmac =
  (algorithm: string, secret: string | Buffer): Signature =>
  (input) =>
    createHmac(algorithm, secret).update(input).digest();
export const unsigned: Signature = () => Buffer.alloc(0);

/** Writes tokens that differ from a genuine one of this server in exactly what a test says. */
export class Forger {
  private constructor(
    readonly header: Json,
    readonly claims: Json,
    private readonly genuine: Signature,
  ) {}

  static async start({ app }: TestApp, accessToken: string): Promise<Forger> {
    const { kid, privateKey } = await app.get(SigningKeys, { strict: false }).signer();
    const header = { alg: 'ES256', typ: 'at+jwt', kid };
    return new Forger(header, claimsOf(accessToken) as unknown as Json, es256(privateKey));
  }

  /** Without a signature of its own the forgery is signed with the server's key. */
  write({ header = {}, claims = {}, signature = this.genuine }: Forgery): string {
    const input = `${encode(this.header, header)}.${encode(this.claims, claims)}`;
    return `${input}.${signature(input).toString('base64url')}`;
  }
}

export function claimsOf(accessToken: string): AccessTokenClaims {
  return JSON.parse(Buffer.from(accessToken.split('.')[1]!, 'base64url').toString()) as AccessTokenClaims;
}

// A member given as undefined is left out; a text replaces the whole part.
function encode(genuine: Json, changes: Json | string): string {
  const text = typeof changes === 'string' ? changes : JSON.stringify({ ...genuine, ...changes });
  return Buffer.from(text).toString('base64url');
}
