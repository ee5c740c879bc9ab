import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Kept, Personal, Secret, Technical } from '../platform/data-map/data-map.js';
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
  | 'revoked'
  | 'expired';

/** How the session was opened. */
export type LoginMethod = 'wechat' | 'phone' | 'password' | 'register';

/** One signed-in device. It holds the counter and a hash of its current refresh token, never the token. */
@Kept({
  purpose: { zh: '保持登录；设备列表', en: 'staying logged in; the list of devices' },
  retention: { zh: '结束或过期后由清理任务删除', en: 'deleted by the janitor after it has ended or expired' },
  erasure: { zh: '随账号删除', en: 'deleted with the account' },
  owners: ['userId'],
})
@Entity({ name: 'sessions', engine: 'InnoDB' })
@Index('ix_sessions_user_id_ended_at', ['userId', 'endedAt'])
export class Session {
  /** UUIDv7. */
  @Personal('会话编号', 'id of the session')
  @PrimaryColumn(ascii('id', 36) as { type: 'varchar' })
  id: string;

  @Personal('所属用户', 'whose it is')
  @Column(bigint('user_id'))
  userId: string;

  @ManyToOne(() => User, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_sessions_user' })
  user: Relation<User>;

  /** SHA-256 of the current refresh token. */
  @Index('uq_sessions_token', { unique: true })
  @Secret('当前续期令牌的哈希', 'hash of the current refresh token')
  @Column(binary('token', 32))
  token: Buffer;

  /** Counter of the current refresh token; the first is 1. */
  @Technical('续期次数', 'how often it was refreshed')
  @Column(int('generation'))
  generation: number;

  /** Generation with which the newest login of this session began: older refresh tokens are dead. */
  @Technical('本次登录的首个令牌', 'the token with which the newest login began')
  @Column(int('first_generation', { default: 1 }))
  firstGeneration: number;

  /** The newest generation the client is known to have received. */
  @Technical('客户端确认收到的最新令牌', 'the newest token the client is known to have')
  @Column(int('seen_generation'))
  seenGeneration: number;

  @Personal('最近一次续期', 'the last refresh')
  @Column(datetime('rotated_at'))
  rotatedAt: Date;

  /** Moves on with every rotation: how long the session may lie idle. */
  @Index('ix_sessions_expires_at')
  @Technical('闲置到何时失效', 'when it expires if not used')
  @Column(datetime('expires_at'))
  expiresAt: Date;

  /** Moves on only with a new login. */
  @Technical('最晚何时失效', 'when it expires in any case')
  @Column(datetime('absolute_expires_at'))
  absoluteExpiresAt: Date;

  /** Of the login, then of the last rotation. */
  @Personal('登录或最近续期的 IP 地址', 'address of the login or the last refresh')
  @Column(ascii('ip_address', 45))
  ipAddress: string;

  @Personal('浏览器或微信版本', 'browser or version of WeChat')
  @Column(text('user_agent', 255))
  userAgent: string;

  /** The client's own random id of the device. Not shown to anyone. */
  @Personal('客户端自己生成的设备编号', 'the client’s own random id of the device')
  @Column(exactText('device_id', 64, { nullable: true }))
  deviceId: string | null;

  /** SHA-256 of user, mini-program and device while WeChat's session there is open: it can be taken up, and is one. */
  @Index('uq_sessions_device_key', { unique: true })
  @Secret('用户、小程序与设备的哈希', 'hash of user, mini-program and device')
  @Column(binary('device_key', 32, { nullable: true }))
  deviceKey: Buffer | null;

  @Personal('设备名称', 'name of the device')
  @Column(text('device_name', 100, { nullable: true }))
  deviceName: string | null;

  @Personal('操作系统', 'operating system')
  @Column(text('platform', 32, { nullable: true }))
  platform: string | null;

  /** The mini-program, when WeChat opened the session. */
  @Personal('小程序', 'the mini-program')
  @Column(ascii('app_id', 32, { nullable: true }))
  appId: string | null;

  @Personal('登录方式', 'how they logged in')
  @Column(ascii('login_method', 16))
  loginMethod: LoginMethod;

  /** The newest login, when the session was taken up again; null when not since it was opened. */
  @Personal('最近一次在此设备登录', 'the newest login on this device')
  @Column(datetime('logged_in_at', { nullable: true }))
  loggedInAt: Date | null;

  /** SHA-256 of mini-program and login code of the newest login, when WeChat opened the session. */
  @Index('uq_sessions_login_code_hash', { unique: true })
  @Secret('微信登录 code 的哈希', 'hash of the WeChat login code')
  @Column(binary('login_code_hash', 32, { nullable: true }))
  loginCodeHash: Buffer | null;

  /** Written at most once a minute. */
  @Personal('最近使用时间', 'when it was last used')
  @Column(datetime('last_seen_at'))
  lastSeenAt: Date;

  /** When the user last proved again who they are; null when not since the session was opened. */
  @Personal('最近一次再次验证身份', 'when they last proved again who they are')
  @Column(datetime('authenticated_at', { nullable: true }))
  authenticatedAt: Date | null;

  @Index('ix_sessions_ended_at')
  @Personal('结束时间', 'when it ended')
  @Column(datetime('ended_at', { nullable: true }))
  endedAt: Date | null;

  @Personal('结束原因', 'why it ended')
  @Column(ascii('end_reason', 32, { nullable: true }))
  endReason: EndReason | null;

  @Column(datetime('created_at'))
  createdAt: Date;

  @Column(datetime('updated_at'))
  updatedAt: Date;
}
