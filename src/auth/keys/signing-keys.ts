import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { In, type Repository } from 'typeorm';
import { Clock } from '../../platform/clock.js';
import { SecretBox } from '../../platform/encryption/secret-box.js';
import { type EcPublicJwk, SigningKey } from './signing-key.entity.js';

/** A key as the JWKS shows it, RFC 7517. */
export interface PublicJwk extends EcPublicJwk {
  kid: string;
  use: 'sig';
  alg: 'ES256';
}

interface Signer {
  kid: string;
  privateKey: KeyObject;
}

const RELOAD_AT_MOST_EVERY_MS = 1_000;

/** The ES256 keys of this installation, kept in the database with their private halves encrypted. */
@Injectable()
export class SigningKeys implements OnModuleInit {
  private publicKeys = new Map<string, KeyObject>();
  private jwks: PublicJwk[] = [];
  private current?: Signer;
  private loadedAt = 0;

  constructor(
    @InjectRepository(SigningKey) private readonly keys: Repository<SigningKey>,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** Makes the first key of a new installation. */
  async onModuleInit(): Promise<void> {
    await this.load();
    if (this.current) return;
    await this.create();
    await this.load();
  }

  signer(): Signer {
    if (!this.current) throw new Error('There is no signing key');
    return this.current;
  }

  /** The key with which tokens of this `kid` are verified; another process may have made it a moment ago. */
  async findPublicKey(kid: string): Promise<KeyObject | null> {
    const known = this.publicKeys.get(kid);
    if (known) return known;
    if (performance.now() - this.loadedAt < RELOAD_AT_MOST_EVERY_MS) return null;
    await this.load();
    return this.publicKeys.get(kid) ?? null;
  }

  publicJwks(): PublicJwk[] {
    return this.jwks;
  }

  private async load(): Promise<void> {
    this.loadedAt = performance.now();
    const where = { state: In(['published', 'signing']) };
    const rows = await this.keys.find({ where, order: { createdAt: 'DESC', kid: 'ASC' } });
    this.publicKeys = new Map(
      rows.map(({ kid, publicJwk }) => [kid, createPublicKey({ key: { ...publicJwk }, format: 'jwk' })]),
    );
    this.jwks = rows.map(({ kid, publicJwk }) => jwkOf(kid, publicJwk));
    const newest = rows.find(({ state }) => state === 'signing');
    this.current = newest && { kid: newest.kid, privateKey: this.openPrivateKey(newest) };
  }

  private async create(): Promise<void> {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const publicJwk = publicKey.export({ format: 'jwk' }) as EcPublicJwk;
    const kid = thumbprint(publicJwk);
    const sealed = this.secrets.seal(privateKey.export({ type: 'pkcs8', format: 'der' }), kid);
    const now = this.clock.now();
    const state = 'signing' as const;
    await this.keys.insert({ kid, publicJwk, privateKeyEncrypted: sealed, state, createdAt: now, updatedAt: now });
  }

  private openPrivateKey({ kid, privateKeyEncrypted }: SigningKey): KeyObject {
    return createPrivateKey({ key: this.secrets.open(privateKeyEncrypted, kid), format: 'der', type: 'pkcs8' });
  }
}

function jwkOf(kid: string, { kty, crv, x, y }: EcPublicJwk): PublicJwk {
  return { kty, crv, x, y, kid, use: 'sig', alg: 'ES256' };
}

// RFC 7638: the required members in alphabetical order, without spaces.
function thumbprint({ crv, kty, x, y }: EcPublicJwk): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
}
