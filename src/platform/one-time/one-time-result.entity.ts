import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ascii, binary, datetime } from '../database/column-kinds.js';

/** `pending` while the code's one use is under way; then how it ended. */
export type OneTimeState = 'pending' | 'done' | 'failed';

/** What became of one code that works once, kept for the minutes in which its client may ask again. */
@Entity({ name: 'one_time_results', engine: 'InnoDB' })
export class OneTimeResult {
  /** SHA-256 of purpose, AppID and code: the code itself is never stored. */
  @PrimaryColumn(binary('id', 32) as { type: 'binary' })
  id: Buffer;

  /** Keyed hash of who may ask again. */
  @Column(binary('requester', 32))
  requester: Buffer;

  @Column(ascii('state', 16))
  state: OneTimeState;

  /** When done, the result, encrypted; when failed, the code of the error. */
  @Column(ascii('result', 512, { nullable: true }))
  result: string | null;

  /** Of a pending row: when its process must have died. Afterwards the row counts for nothing. */
  @Index('ix_one_time_results_expires_at')
  @Column(datetime('expires_at'))
  expiresAt: Date;

  @Column(datetime('created_at'))
  createdAt: Date;

  @Column(datetime('updated_at'))
  updatedAt: Date;
}
