import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { ascii, bigint, datetime } from '../platform/database/column-kinds.js';
import { User } from './user.entity.js';

/** One person in one mini-program: WeChat's openid, and the session_key that goes with it. */
@Entity({ name: 'wechat_accounts', engine: 'InnoDB' })
@Index('uq_wechat_accounts_app_id_openid', ['appId', 'openid'], { unique: true })
export class WechatAccount {
  @PrimaryGeneratedColumn({ type: 'bigint', unsigned: true })
  id: string;

  @Index('ix_wechat_accounts_user_id')
  @Column(bigint('user_id'))
  userId: string;

  @ManyToOne(() => User, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_wechat_accounts_user' })
  user: Relation<User>;

  @Column(ascii('app_id', 32))
  appId: string;

  /** Case matters: openids that differ only in letter case are two people. */
  @Column(ascii('openid', 64))
  openid: string;

  /** Only when the mini-program belongs to an Open Platform account; may appear later. */
  @Index('ix_wechat_accounts_unionid')
  @Column(ascii('unionid', 64, { nullable: true }))
  unionid: string | null;

  @Column(ascii('session_key_encrypted', 191, { nullable: true }))
  sessionKeyEncrypted: string | null;

  @Column(datetime('session_key_at', { nullable: true }))
  sessionKeyAt: Date | null;

  @Column(datetime('last_login_at'))
  lastLoginAt: Date;

  @Column(datetime('created_at'))
  createdAt: Date;

  @Column(datetime('updated_at'))
  updatedAt: Date;
}
