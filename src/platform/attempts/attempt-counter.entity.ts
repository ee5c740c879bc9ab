import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { binary, datetime, int } from '../database/column-kinds.js';

/** One counter of failed attempts, where there is no Redis to count in. */
@Entity({ name: 'attempt_counters', engine: 'InnoDB' })
@Check('ck_attempt_counters_under_way', 'under_way >= 0')
export class StoredAttemptCounter {
  /** Keyed hash of whom or what is counted: neither name nor address is stored. */
  @PrimaryColumn(binary('id', 32) as { type: 'binary' })
  id: Buffer;

  /** Failures before the first wait. */
  @Column(int('free'))
  free: number;

  @Column(int('failures'))
  failures: number;

  /** Attempts that have a place and no outcome yet. Below 0 is refused: that is how a statement says that none is left. */
  @Column(int('under_way', { unsigned: false }))
  underWay: number;

  @Column(datetime('blocked_until'))
  blockedUntil: Date;

  /** When the attempts under way must have ended. */
  @Column(datetime('busy_until'))
  busyUntil: Date;

  /** Afterwards the row counts for nothing. */
  @Index('ix_attempt_counters_forget_at')
  @Column(datetime('forget_at'))
  forgetAt: Date;

  @Column(datetime('created_at'))
  createdAt: Date;

  @Column(datetime('updated_at'))
  updatedAt: Date;
}
