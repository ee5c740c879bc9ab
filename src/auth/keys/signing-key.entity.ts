import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ascii, datetime } from '../../platform/database/column-kinds.js';

/** What becomes of a key: others learn it, it signs, it only verifies what it once signed. */
export type SigningKeyState = 'published' | 'signing' | 'retired';

/** The members of a P-256 public key, RFC 7518, 6.2.1. */
export interface EcPublicJwk {
  kty: string;
  crv: string;
  x: string;
  y: string;
}

/** One ES256 key pair for access tokens, shared by every process. */
@Entity({ name: 'signing_keys', engine: 'InnoDB' })
export class SigningKey {
  /** The key's JWK thumbprint, RFC 7638. */
  @PrimaryColumn(ascii('kid', 43) as { type: 'varchar' })
  kid: string;

  @Column({ name: 'public_jwk', type: 'json' })
  publicJwk: EcPublicJwk;

  /** PKCS #8, sealed with a key derived from APP_SECRET; deleted when the key retires. */
  @Column(ascii('private_key_encrypted', 512, { nullable: true }))
  privateKeyEncrypted: string | null;

  @Column(ascii('state', 16))
  state: SigningKeyState;

  /** The state as long as only one key may have it, so that processes that rotate at the same moment agree. */
  @Index('uq_signing_keys_sole_state', { unique: true })
  @Column(ascii('sole_state', 16, { nullable: true }))
  soleState: 'published' | 'signing' | null;

  /** Of a retired key: when the last token that it signed has expired. */
  @Column(datetime('verifies_until', { nullable: true }))
  verifiesUntil: Date | null;

  @Column(datetime('created_at'))
  createdAt: Date;

  @Column(datetime('updated_at'))
  updatedAt: Date;
}
