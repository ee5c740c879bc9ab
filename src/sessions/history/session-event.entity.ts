import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { Kept, Personal, Technical } from '../../platform/data-map/data-map.js';
import { ascii, datetime } from '../../platform/database/column-kinds.js';
import { Session } from '../session.entity.js';

/** What can happen to a session. */
export type SessionEventType = 'login' | 'rotate' | 'reuse' | 'end';

/** One thing that happened to a session: all of them together tell its owner why they were logged out. */
@Kept({
  purpose: { zh: '回答“为什么被退出登录”', en: 'answering why somebody was logged out' },
  retention: { zh: '与会话一同删除', en: 'deleted with the session' },
  erasure: { zh: '随账号删除', en: 'deleted with the account' },
  through: { property: 'sessionId', table: 'sessions' },
})
@Entity({ name: 'session_events', engine: 'InnoDB' })
@Index('ix_session_events_session_id_created_at', ['sessionId', 'createdAt'])
export class SessionEvent {
  @Technical('编号', 'number of the row')
  @PrimaryGeneratedColumn({ type: 'bigint', unsigned: true })
  id: string;

  @Personal('会话', 'the session')
  @Column(ascii('session_id', 36))
  sessionId: string;

  @ManyToOne(() => Session, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'fk_session_events_session' })
  session: Relation<Session>;

  @Personal('发生了什么', 'what happened')
  @Column(ascii('type', 16))
  type: SessionEventType;

  /** How it was opened, which class of reuse, why it ended; null for a rotation. */
  @Personal('原因', 'why')
  @Column(ascii('reason', 32, { nullable: true }))
  reason: string | null;

  /** Of whoever caused it; null when that was not a client. */
  @Personal('IP 地址', 'address it came from')
  @Column(ascii('ip_address', 45, { nullable: true }))
  ipAddress: string | null;

  @Index('ix_session_events_created_at')
  @Column(datetime('created_at'))
  createdAt: Date;
}
