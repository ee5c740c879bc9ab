import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { ascii, bigint, binary, datetime, exactText, int, text } from '../platform/database/column-kinds.js';
import { User } from '../users/user.entity.js';

/** Why a session is over. */
export type EndReason =
  | 'logout'
  | 'ended_by_user'
  | 'refresh_token_reused'
  | 'wechat_cancelled'
  | 'ended_by_admin'
  | 'banned'
  | 'role_changed'
  | 'password_changed'
  | 'session_limit'
  | 'account_erased'
  | 'expired';

/** How the session was opened. */
export type LoginMethod = 'wechat' | 'phone' | 'password' | 'register';

/** One signed-in device. It holds the counter and a hash of its current refresh token, never the token. */
@Entity({ name: 'sessions', engine: 'InnoDB' })
@Index('ix_sessions_user_id_ended_at', ['userId', 'endedAt'])
export class Session {
  /** UUIDv7. */
  @PrimaryColumn(ascii('id', 36) as { type: 'varchar' })
  id: string;

  @Column(bigint('user_id'))
  userId: string;

  @ManyToOne(() => User, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_sessions_user' })
  user: Relation<User>;

  /** SHA-256 of the current refresh token. */
  @Index('uq_sessions_token', { unique: true })
  @Column(binary('token', 32))
  token: Buffer;

  /** Counter of the current refresh token; the first is 1. */
  @Column(int('generation'))
  generation: number;

  /** Generation with which the newest login of this session began: older refresh tokens are dead. */
  @Column(int('first_generation', { default: 1 }))
  firstGeneration: number;

  /** The newest generation the client is known to have received. */
  @Column(int('seen_generation'))
  seenGeneration: number;

  @Column(datetime('rotated_at'))
  rotatedAt: Date;

  /** Moves on with every rotation: how long the session may lie idle. */
  @Index('ix_sessions_expires_at')
  @Column(datetime('expires_at'))
  expiresAt: Date;

  /** Moves on only with a new login. */
  @Column(datetime('absolute_expires_at'))
  absoluteExpiresAt: Date;

  /** Of the login, then of the last rotation. */
  @Column(ascii('ip_address', 45))
  ipAddress: string;

  @Column(text('user_agent', 255))
  userAgent: string;

  /** The client's own random id of the device. Not shown to anyone. */
  @Column(exactText('device_id', 64, { nullable: true }))
  deviceId: string | null;

  /** SHA-256 of user, mini-program and device while WeChat's session there is open: it can be taken up, and is one. */
  @Index('uq_sessions_device_key', { unique: true })
  @Column(binary('device_key', 32, { nullable: true }))
  deviceKey: Buffer | null;

  @Column(text('device_name', 100, { nullable: true }))
  deviceName: string | null;

  @Column(text('platform', 32, { nullable: true }))
  platform: string | null;

  /** The mini-program, when WeChat opened the session. */
  @Column(ascii('app_id', 32, { nullable: true }))
  appId: string | null;

  @Column(ascii('login_method', 16))
  loginMethod: LoginMethod;

  /** The newest login, when the session was taken up again; null when not since it was opened. */
  @Column(datetime('logged_in_at', { nullable: true }))
  loggedInAt: Date | null;

  /** SHA-256 of mini-program and login code of the newest login, when WeChat opened the session. */
  @Index('uq_sessions_login_code_hash', { unique: true })
  @Column(binary('login_code_hash', 32, { nullable: true }))
  loginCodeHash: Buffer | null;

  /** Written at most once a minute. */
  @Column(datetime('last_seen_at'))
  lastSeenAt: Date;

  /** When the user last proved again who they are; null when not since the session was opened. */
  @Column(datetime('authenticated_at', { nullable: true }))
  authenticatedAt: Date | null;

  @Index('ix_sessions_ended_at')
  @Column(datetime('ended_at', { nullable: true }))
  endedAt: Date | null;

  @Column(ascii('end_reason', 32, { nullable: true }))
  endReason: EndReason | null;

  @Column(datetime('created_at'))
  createdAt: Date;

  @Column(datetime('updated_at'))
  updatedAt: Date;
}
