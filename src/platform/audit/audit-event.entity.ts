import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { ascii, bigint, datetime, text } from '../database/column-kinds.js';

/** One thing that happened to an account or a session, kept for its owner, operators and auditors. */
@Entity({ name: 'audit_events', engine: 'InnoDB' })
@Index('ix_audit_events_user_id_created_at', ['userId', 'createdAt'])
@Index('ix_audit_events_actor_id_created_at', ['actorId', 'createdAt'])
@Index('ix_audit_events_type_created_at', ['type', 'createdAt'])
@Index('ix_audit_events_session_id', ['sessionId'])
@Index('ix_audit_events_created_at', ['createdAt'])
export class AuditEvent {
  @PrimaryGeneratedColumn({ type: 'bigint', unsigned: true })
  id: string;

  /** No foreign key: the event outlives the account. */
  @Column(bigint('user_id', { nullable: true }))
  userId: string | null;

  /** The admin who did it; null for what the user or the system did. */
  @Column(bigint('actor_id', { nullable: true }))
  actorId: string | null;

  @Column(ascii('session_id', 36, { nullable: true }))
  sessionId: string | null;

  @Column(ascii('type', 48))
  type: string;

  @Column(ascii('outcome', 16))
  outcome: string;

  @Column(ascii('ip_address', 45, { nullable: true }))
  ipAddress: string | null;

  @Column(text('user_agent', 255, { nullable: true }))
  userAgent: string | null;

  /** Never a secret. */
  @Column({ name: 'detail', type: 'json', nullable: true })
  detail: object | null;

  @Column(datetime('created_at'))
  createdAt: Date;
}
