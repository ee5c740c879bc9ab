import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Kept, Secret, Technical } from '../../platform/data-map/data-map.js';
import { ascii, datetime } from '../../platform/database/column-kinds.js';

/** The access_token of one mini-program, shared by every process; WeChat's, not one of ours. */
@Kept({
  purpose: { zh: '调用微信接口', en: 'calling WeChat' },
  retention: {
    zh: '两小时后被新的替换，不再使用的失效一天后删除',
    en: 'replaced every two hours; one no longer used goes a day after it expired',
  },
  erasure: { zh: '与个人无关', en: 'about nobody' },
})
@Entity({ name: 'wechat_access_tokens', engine: 'InnoDB' })
export class WechatAccessToken {
  @Technical('小程序', 'the mini-program')
  @PrimaryColumn(ascii('app_id', 32) as { type: 'varchar' })
  appId: string;

  /** Keyed hash: a token got with an AppSecret that was reset since is never used. */
  @Secret('AppSecret 的带密钥哈希', 'keyed hash of the AppSecret')
  @PrimaryColumn(ascii('secret_fingerprint', 32) as { type: 'varchar' })
  secretFingerprint: string;

  /** WeChat asks for room for 512 characters; sealed ones are longer. */
  @Secret('加密的 access_token', 'WeChat’s access_token, sealed')
  @Column(ascii('token_encrypted', 2048))
  tokenEncrypted: string;

  @Technical('何时失效', 'when it expires')
  @Column(datetime('expires_at'))
  expiresAt: Date;

  @Technical('取得时间', 'when it was fetched')
  @Column(datetime('fetched_at'))
  fetchedAt: Date;
}
