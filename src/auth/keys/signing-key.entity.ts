import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Kept, Secret, Technical } from '../../platform/data-map/data-map.js';
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
@Kept({
  purpose: { zh: '签发访问令牌', en: 'signing access tokens' },
  retention: { zh: '停用且不再有有效令牌之后删除', en: 'deleted after it was retired and no token of it is good' },
  erasure: { zh: '与个人无关', en: 'about nobody' },
})
@Entity({ name: 'signing_keys', engine: 'InnoDB' })
export class SigningKey {
  /** The key's JWK thumbprint, RFC 7638. */
  @Technical('密钥编号', 'id of the key')
  @PrimaryColumn(ascii('kid', 43) as { type: 'varchar' })
  kid: string;

  @Technical('公钥', 'the public key')
  @Column({ name: 'public_jwk', type: 'json' })
  publicJwk: EcPublicJwk;

  /** PKCS #8, sealed with a key derived from APP_SECRET; deleted when the key retires. */
  @Secret('加密的私钥', 'the private key, sealed')
  @Column(ascii('private_key_encrypted', 512, { nullable: true }))
  privateKeyEncrypted: string | null;

  @Technical('状态', 'its state')
  @Column(ascii('state', 16))
  state: SigningKeyState;

  /** The state as long as only one key may have it, so that processes that rotate at the same moment agree. */
  @Technical('只许一把密钥处于的状态', 'the state that only one key may have')
  @Index('uq_signing_keys_sole_state', { unique: true })
  @Column(ascii('sole_state', 16, { nullable: true }))
  soleState: 'published' | 'signing' | null;

  /** Of a retired key: when the last token that it signed has expired. */
  @Technical('何时不再用于验证', 'when it verifies no more')
  @Column(datetime('verifies_until', { nullable: true }))
  verifiesUntil: Date | null;

  @Column(datetime('created_at'))
  createdAt: Date;

  @Column(datetime('updated_at'))
  updatedAt: Date;
}
