import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { ascii, bigint, datetime } from '../../platform/database/column-kinds.js';
import { User } from '../user.entity.js';

/** One person in all mini-programs of one WeChat Open Platform account. */
@Entity({ name: 'wechat_unions', engine: 'InnoDB' })
export class WechatUnion {
  /** The group as WECHAT_APPS names it: a unionid is unique only within its Open Platform account. */
  @PrimaryColumn(ascii('open_platform', 64) as { type: 'varchar' })
  openPlatform: string;

  @PrimaryColumn(ascii('unionid', 64) as { type: 'varchar' })
  unionid: string;

  @Index('ix_wechat_unions_user_id')
  @Column(bigint('user_id'))
  userId: string;

  @ManyToOne(() => User, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_wechat_unions_user' })
  user: Relation<User>;

  @Column(datetime('created_at'))
  createdAt: Date;

  @Column(datetime('updated_at'))
  updatedAt: Date;
}
