import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { ascii, binary, datetime, int } from '../../platform/database/column-kinds.js';

/**
 * `waiting` for its time, `claimed` by a process until its time, `done`, `ignored` because nothing is to be done, or
 * `given_up` after too many failures, for a person to look at.
 */
export type PushEventState = 'waiting' | 'claimed' | 'done' | 'ignored' | 'given_up';

/** One message WeChat has pushed, or the rest of the work that one has left. */
@Entity({ name: 'push_events', engine: 'InnoDB' })
@Index('ix_push_events_state_next_attempt_at', ['state', 'nextAttemptAt'])
export class PushEvent {
  @PrimaryGeneratedColumn({ type: 'bigint', unsigned: true })
  id: string;

  /** Equal for every delivery of one message: what makes it be acted on once. */
  @Index('uq_push_events_dedup_key', { unique: true })
  @Column(binary('dedup_key', 32))
  dedupKey: Buffer;

  /** Of the signed request that brought it: no other message may come with that signature, to any process. */
  @Index('uq_push_events_delivery_key', { unique: true })
  @Column(binary('delivery_key', 32))
  deliveryKey: Buffer;

  @Column(ascii('app_id', 32))
  appId: string;

  @Column(ascii('event', 64))
  event: string;

  /** What is needed to act; null when there is nothing to do, and as soon as it is done. */
  @Column(ascii('payload_encrypted', 1024, { nullable: true }))
  payloadEncrypted: string | null;

  @Column(ascii('state', 16))
  state: PushEventState;

  /** Grows with every claim, so that a process that was too slow can tell that the event is no longer its own. */
  @Column(int('attempts'))
  attempts: number;

  /** While claimed: when another process may take it over. */
  @Column(datetime('next_attempt_at'))
  nextAttemptAt: Date;

  @Column(datetime('created_at'))
  createdAt: Date;

  @Column(datetime('updated_at'))
  updatedAt: Date;
}
