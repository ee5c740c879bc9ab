import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Kept, Personal, Technical } from '../../platform/data-map/data-map.js';
import { ascii, bigint, datetime } from '../../platform/database/column-kinds.js';
import { User } from '../user.entity.js';

/** One person in all mini-programs of one WeChat Open Platform account. */
@Kept({
  purpose: { zh: '在同一开放平台的多个小程序中认出同一个人', en: 'knowing one person in several mini-programs' },
  retention: {
    zh: '直到最后一个相关微信解绑或注销',
    en: 'until the last such WeChat account is unbound or the account erased',
  },
  erasure: { zh: '随账号删除', en: 'deleted with the account' },
  owners: ['userId'],
})
@Entity({ name: 'wechat_unions', engine: 'InnoDB' })
export class WechatUnion {
  /** The group as WECHAT_APPS names it: a unionid is unique only within its Open Platform account. */
  @Technical('开放平台账号', 'the Open Platform account')
  @PrimaryColumn(ascii('open_platform', 64) as { type: 'varchar' })
  openPlatform: string;

  @Personal('微信 unionid', 'WeChat’s unionid')
  @PrimaryColumn(ascii('unionid', 64) as { type: 'varchar' })
  unionid: string;

  @Index('ix_wechat_unions_user_id')
  @Personal('所属用户', 'whose it is')
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
