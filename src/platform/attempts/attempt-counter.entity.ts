import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Kept, Secret, Technical } from '../data-map/data-map.js';
import { binary, datetime, int } from '../database/column-kinds.js';

/** One counter of failed attempts, where there is no Redis to count in. */
@Kept({
  purpose: { zh: '限制猜测密码', en: 'making guesses at passwords slow' },
  retention: { zh: '首次失败后最多 24 小时', en: '24 hours at most after the first failure' },
  erasure: { zh: '删除该账号的计数', en: 'the counters of the account are deleted' },
})
@Entity({ name: 'attempt_counters', engine: 'InnoDB' })
@Check('ck_attempt_counters_under_way', 'under_way >= 0')
export class StoredAttemptCounter {
  /** Keyed hash of whom or what is counted: neither name nor address is stored. */
  @Secret('账号或网络的带密钥哈希', 'keyed hash of an account or a network')
  @PrimaryColumn(binary('id', 32) as { type: 'binary' })
  id: Buffer;

  /** Failures before the first wait. */
  @Technical('允许的失败次数', 'failures before the first wait')
  @Column(int('free'))
  free: number;

  @Technical('失败次数', 'failures')
  @Column(int('failures'))
  failures: number;

  /** Attempts that have a place and no outcome yet. Below 0 is refused: that is how a statement says that none is left. */
  @Technical('正在进行的尝试', 'attempts under way')
  @Column(int('under_way', { unsigned: false }))
  underWay: number;

  @Technical('何时可再试', 'when the next try may be made')
  @Column(datetime('blocked_until'))
  blockedUntil: Date;

  /** When the attempts under way must have ended. */
  @Technical('正在进行的尝试最晚何时结束', 'when the attempts under way must have ended')
  @Column(datetime('busy_until'))
  busyUntil: Date;

  /** Afterwards the row counts for nothing. */
  @Index('ix_attempt_counters_forget_at')
  @Technical('何时忘记', 'when it is forgotten')
  @Column(datetime('forget_at'))
  forgetAt: Date;

  @Column(datetime('created_at'))
  createdAt: Date;

  @Column(datetime('updated_at'))
  updatedAt: Date;
}
