import { Column, Entity, PrimaryColumn } from 'typeorm';
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

  /** PKCS #8, sealed with a key derived from APP_SECRET. */
  @Column(ascii('private_key_encrypted', 512))
  privateKeyEncrypted: string;

  @Column(ascii('state', 16))
  state: SigningKeyState;

  @Column(datetime('created_at'))
  createdAt: Date;

  @Column(datetime('updated_at'))
  updatedAt: Date;
}
