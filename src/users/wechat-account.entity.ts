import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { Kept, Personal, Secret, Technical } from '../platform/data-map/data-map.js';
import { ascii, bigint, datetime } from '../platform/database/column-kinds.js';
import { User } from './user.entity.js';

/** One person in one mini-program: WeChat's openid, and the session_key that goes with it. */
@Kept({
  purpose: { zh: '微信登录', en: 'logging in with WeChat' },
  retention: { zh: '直到解绑或注销', en: 'until it is unbound or the account erased' },
  erasure: { zh: '随账号删除', en: 'deleted with the account' },
  owners: ['userId'],
})
@Entity({ name: 'wechat_accounts', engine: 'InnoDB' })
@Index('uq_wechat_accounts_app_id_openid', ['appId', 'openid'], { unique: true })
export class WechatAccount {
  @Technical('编号', 'number of the row')
  @PrimaryGeneratedColumn({ type: 'bigint', unsigned: true })
  id: string;

  @Index('ix_wechat_accounts_user_id')
  @Personal('所属用户', 'whose it is')
  @Column(bigint('user_id'))
  userId: string;

  @ManyToOne(() => User, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_wechat_accounts_user' })
  user: Relation<User>;

  @Personal('小程序', 'the mini-program')
  @Column(ascii('app_id', 32))
  appId: string;

  /** Case matters: openids that differ only in letter case are two people. */
  @Personal('微信 openid', 'WeChat’s openid')
  @Column(ascii('openid', 64))
  openid: string;

  /** Only when the mini-program belongs to an Open Platform account; may appear later. */
  @Index('ix_wechat_accounts_unionid')
  @Personal('微信 unionid', 'WeChat’s unionid')
  @Column(ascii('unionid', 64, { nullable: true }))
  unionid: string | null;

  @Secret('加密的微信 session_key', 'WeChat’s session_key, sealed')
  @Column(ascii('session_key_encrypted', 191, { nullable: true }))
  sessionKeyEncrypted: string | null;

  @Technical('收到 session_key 的时间', 'when the session_key was received')
  @Column(datetime('session_key_at', { nullable: true }))
  sessionKeyAt: Date | null;

  @Personal('最近一次微信登录', 'the last login with WeChat')
  @Column(datetime('last_login_at'))
  lastLoginAt: Date;

  @Column(datetime('created_at'))
  createdAt: Date;

  @Column(datetime('updated_at'))
  updatedAt: Date;
}
