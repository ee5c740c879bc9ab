import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { ascii, bigint, datetime } from '../../platform/database/column-kinds.js';
import { Kept, Personal, Technical } from '../../platform/data-map/data-map.js';
import { User } from '../user.entity.js';

/** That somebody agreed to one version of one policy. */
@Kept({
  purpose: { zh: '证明用户同意过哪一版政策', en: 'proof of which version of a policy somebody agreed to' },
  retention: { zh: '直到注销', en: 'until the account is erased' },
  erasure: { zh: '随账号删除', en: 'deleted with the account' },
  owners: ['userId'],
})
@Entity({ name: 'consents', engine: 'InnoDB' })
@Index('ix_consents_user_id_policy', ['userId', 'policy'])
export class Consent {
  @Technical('编号', 'number of the row')
  @PrimaryGeneratedColumn({ type: 'bigint', unsigned: true })
  id: string;

  @Personal('所属用户', 'whose it is')
  @Column(bigint('user_id'))
  userId: string;

  @ManyToOne(() => User, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_consents_user' })
  user: Relation<User>;

  @Personal('哪一份政策', 'which policy')
  @Column(ascii('policy', 32))
  policy: string;

  @Personal('政策版本', 'which version of it')
  @Column(ascii('version', 32))
  version: string;

  @Personal('同意的时间', 'when they agreed')
  @Column(datetime('given_at'))
  givenAt: Date;

  @Personal('撤回的时间', 'when they took it back')
  @Column(datetime('withdrawn_at', { nullable: true }))
  withdrawnAt: Date | null;

  @Column(datetime('created_at'))
  createdAt: Date;

  @Column(datetime('updated_at'))
  updatedAt: Date;
}
