import { Column, Entity, PrimaryColumn } from 'typeorm';
import { ascii, datetime } from '../../platform/database/column-kinds.js';

/** The access_token of one mini-program, shared by every process; WeChat's, not one of ours. */
@Entity({ name: 'wechat_access_tokens', engine: 'InnoDB' })
export class WechatAccessToken {
  @PrimaryColumn(ascii('app_id', 32) as { type: 'varchar' })
  appId: string;

  /** Keyed hash: a token got with an AppSecret that was reset since is never used. */
  @PrimaryColumn(ascii('secret_fingerprint', 32) as { type: 'varchar' })
  secretFingerprint: string;

  /** WeChat asks for room for 512 characters; sealed ones are longer. */
  @Column(ascii('token_encrypted', 2048))
  tokenEncrypted: string;

  @Column(datetime('expires_at'))
  expiresAt: Date;

  @Column(datetime('fetched_at'))
  fetchedAt: Date;
}
