import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { Kept, Personal, Technical } from '../data-map/data-map.js';
import { ascii, bigint, datetime, text } from '../database/column-kinds.js';

/** One thing that happened to an account or a session, kept for its owner, operators and auditors. */
@Kept({
  purpose: { zh: '安全审计（《网络安全法》要求留存六个月以上）', en: 'the security trail that the law asks for' },
  retention: { zh: 'AUDIT_RETENTION_DAYS，默认 200 天', en: 'AUDIT_RETENTION_DAYS, 200 days by default' },
  erasure: {
    zh: '假名化：只留类型、结果、时间和用户编号，清空地址、设备、会话与细节',
    en: 'pseudonymised: type, outcome, time and number of the user stay; address, device, session and details go',
  },
  owners: ['userId', 'actorId'],
  conceal: concealOthers,
})
@Entity({ name: 'audit_events', engine: 'InnoDB' })
@Index('ix_audit_events_user_id_created_at', ['userId', 'createdAt'])
@Index('ix_audit_events_actor_id_created_at', ['actorId', 'createdAt'])
@Index('ix_audit_events_type_created_at', ['type', 'createdAt'])
@Index('ix_audit_events_session_id', ['sessionId'])
@Index('ix_audit_events_created_at', ['createdAt'])
export class AuditEvent {
  @Technical('编号', 'number of the row')
  @PrimaryGeneratedColumn({ type: 'bigint', unsigned: true })
  id: string;

  /** No foreign key: the event outlives the account. */
  @Personal('当事人', 'whom it happened to')
  @Column(bigint('user_id', { nullable: true }))
  userId: string | null;

  /** The admin who did it; null for what the user or the system did. */
  @Personal('操作的管理员', 'the admin who did it')
  @Column(bigint('actor_id', { nullable: true }))
  actorId: string | null;

  @Personal('会话', 'the session')
  @Column(ascii('session_id', 36, { nullable: true }))
  sessionId: string | null;

  @Personal('发生了什么', 'what happened')
  @Column(ascii('type', 48))
  type: string;

  @Personal('结果', 'how it ended')
  @Column(ascii('outcome', 16))
  outcome: string;

  @Personal('IP 地址', 'address it came from')
  @Column(ascii('ip_address', 45, { nullable: true }))
  ipAddress: string | null;

  @Personal('浏览器或微信版本', 'browser or version of WeChat')
  @Column(text('user_agent', 255, { nullable: true }))
  userAgent: string | null;

  /** Never a secret. */
  @Personal('细节，从不含密钥', 'details, never a secret')
  @Column({ name: 'detail', type: 'json', nullable: true })
  detail: object | null;

  @Column(datetime('created_at'))
  createdAt: Date;
}

// What an admin did to somebody is known to them, not who it was and from where; what somebody did to others, not to whom.
function concealOthers(row: Record<string, unknown>, userIds: string[]): Record<string, unknown> {
  const isAbout = userIds.includes(row.userId as string);
  const isBy = row.actorId === null || userIds.includes(row.actorId as string);
  return {
    ...row,
    ...(isAbout ? {} : { userId: null, sessionId: null, detail: null }),
    ...(isBy ? {} : { actorId: null, ipAddress: null, userAgent: null }),
  };
}
