import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, MoreThan, Raw, type Repository } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { asDate, Database, type Statements } from '../platform/database/database.js';
import { survivor } from '../users/merging/survivor.js';
import { readUser, type UserRow, type UserSummary, userColumns } from '../users/user-summary.js';
import type { RefreshState } from './refresh/refresh-rules.js';
import { type EndReason, type LoginMethod, Session } from './session.entity.js';

/** A session with its user, as a refresh needs them. */
export interface RefreshableSession extends RefreshState {
  id: string;
  token: Buffer;
  user: UserSummary;
}

export interface NewSession {
  id: string;
  userId: string;
  token: Buffer;
  now: Date;
  expiresAt: Date;
  absoluteExpiresAt: Date;
  ipAddress: string;
  userAgent: string;
  deviceId: string | null;
  /** Of the one session that a device has in a mini-program. */
  deviceKey: Buffer | null;
  deviceName: string | null;
  platform: string | null;
  appId: string | null;
  loginMethod: LoginMethod;
  loginCodeHash: Buffer | null;
  /** Since when the password that opens it has been in use; null where none did. */
  passwordChangedAt: Date | null;
}

/** The session a login code opened or took up, and from which device. */
export type CodeSession = Pick<
  Session,
  'id' | 'deviceId' | 'ipAddress' | 'userAgent' | 'loginMethod' | 'loggedInAt' | 'createdAt'
>;

export interface Rotation {
  id: string;
  /** The generation that is current now. */
  from: number;
  token: Buffer;
  now: Date;
  expiresAt: Date;
  ipAddress: string;
  userAgent: string;
}

interface SessionRow extends UserRow {
  id: string;
  token: Buffer;
  generation: number;
  first_generation: number;
  seen_generation: number;
  rotated_at: Date | string;
  expires_at: Date | string;
  absolute_expires_at: Date | string;
  ended_at: Date | string | null;
}

const INSERT = `INSERT INTO sessions (id, user_id, token, generation, seen_generation, rotated_at, expires_at,
  absolute_expires_at, ip_address, user_agent, device_id, device_key, device_name, platform, app_id, login_method,
  login_code_hash, last_seen_at, created_at, updated_at)
  SELECT ?, u.id, ?, 1, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM users o
  JOIN users u ON u.id = COALESCE(o.merged_into, o.id)
  WHERE o.id = ? AND (u.banned_until IS NULL OR u.banned_until <= ?) AND (? IS NULL OR u.password_changed_at = ?)`;
const FIND_OWNER = `SELECT ${userColumns('u')} FROM users u WHERE u.id = ${survivor()}`;
export const FIND_REFRESHABLE = `SELECT s.id, s.token, s.generation, s.first_generation, s.seen_generation, s.rotated_at, s.expires_at,
  s.absolute_expires_at, s.ended_at, ${userColumns('u')} FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = ?`;
export const ROTATE = `UPDATE sessions SET generation = ?, seen_generation = ?, token = ?, rotated_at = ?, expires_at = ?,
  last_seen_at = ?, ip_address = ?, user_agent = ?, updated_at = ? WHERE id = ? AND generation = ? AND ended_at IS NULL`;
export const END_ONE = `UPDATE sessions SET ended_at = ?, end_reason = ?, device_key = NULL, updated_at = ?
  WHERE id = ? AND user_id = ${survivor()} AND ended_at IS NULL`;
export const END_OTHERS = `UPDATE sessions SET ended_at = ?, end_reason = ?, device_key = NULL, updated_at = ?
  WHERE user_id = ${survivor()} AND ended_at IS NULL AND id <> ?`;
const END_SOME = `UPDATE sessions SET ended_at = ?, end_reason = ?, device_key = NULL, updated_at = ?
  WHERE user_id = ? AND ended_at IS NULL`;
export const FIND_ENDED_AT = `SELECT id FROM sessions WHERE user_id = ${survivor()} AND ended_at = ?`;
export const FIND_ENDED_SINCE = `SELECT id, ended_at FROM sessions WHERE ended_at > ?
  UNION ALL SELECT id, ended_at FROM erased_sessions WHERE ended_at > ?`;
export const IS_OPEN = 'SELECT 1 FROM sessions WHERE id = ? AND ended_at IS NULL';
export const HAS_OPEN = 'SELECT 1 FROM sessions WHERE user_id = ? AND ended_at IS NULL AND expires_at > ? LIMIT 1';

const LISTED_MAX = 100;

/** The table of sessions. Its hot statements are written out above; each is one round trip. */
@Injectable()
export class SessionStore {
  constructor(
    private readonly database: Database,
    @InjectRepository(Session) private readonly sessions: Repository<Session>,
    private readonly clock: Clock,
  ) {}

  /**
   * False, and nothing inserted, when the user has just been banned or deleted, or has another password than the one
   * that was right: InnoDB looks at them with a lock, so a change that is under way either is seen here or sees this
   * session.
   */
  async insert(session: NewSession): Promise<boolean> {
    const { now, expiresAt, absoluteExpiresAt } = session;
    const { affected } = await this.database.write(INSERT, [
      ...[session.id, session.token, now, expiresAt, absoluteExpiresAt],
      ...[session.ipAddress, session.userAgent, session.deviceId, session.deviceKey, session.deviceName],
      ...[session.platform, session.appId, session.loginMethod, session.loginCodeHash, now, now, now],
      ...[session.userId, now, session.passwordChangedAt, session.passwordChangedAt],
    ]);
    return affected === 1;
  }

  /** The user as they are now. */
  async findOwner(userId: string): Promise<UserSummary | null> {
    const [row] = await this.database.rows<UserRow>(FIND_OWNER, [userId]);
    return row ? readUser(row) : null;
  }

  findByLoginCode(loginCodeHash: Buffer): Promise<CodeSession | null> {
    return this.sessions.findOneBy({ loginCodeHash });
  }

  async findRefreshable(id: string): Promise<RefreshableSession | null> {
    const [row] = await this.database.rows<SessionRow>(FIND_REFRESHABLE, [id]);
    return row ? readSession(row) : null;
  }

  /** One conditional UPDATE: of many who try with the same generation exactly one wins. */
  async rotate({ id, from, token, now, expiresAt, ipAddress, userAgent }: Rotation): Promise<boolean> {
    const values = [from + 1, from, token, now, expiresAt, now, ipAddress, userAgent, now, id, from];
    return (await this.database.write(ROTATE, values)).affected === 1;
  }

  /** False when there was nothing to end: another user's session, or one that has ended. */
  async end(session: { id: string; userId: string }, reason: EndReason, now: Date): Promise<boolean> {
    const { affected } = await this.database.write(END_ONE, [now, reason, now, session.id, session.userId]);
    return affected === 1;
  }

  /** Ends every session of the user but one, and names the ended. */
  async endOthers(
    kept: { id: string; userId: string },
    { reason, now }: { reason: EndReason; now: Date },
    statements: Statements = this.database,
  ): Promise<string[]> {
    const { affected } = await statements.write(END_OTHERS, [now, reason, now, kept.userId, kept.id]);
    if (!affected) return [];
    const rows = await statements.rows<{ id: string }>(FIND_ENDED_AT, [kept.userId, now]);
    return rows.map(({ id }) => id);
  }

  /** Ends these sessions of the user, and names those that had not ended before. */
  async endSome(
    statements: Statements,
    { ids, userId }: { ids: string[]; userId: string },
    { reason, now }: { reason: EndReason; now: Date },
  ): Promise<string[]> {
    const those = `id IN (${ids.map(() => '?').join(', ')})`;
    const { affected } = await statements.write(`${END_SOME} AND ${those}`, [now, reason, now, userId, ...ids]);
    if (affected === ids.length) return ids;
    const ended = `SELECT id FROM sessions WHERE ended_at = ? AND end_reason = ? AND ${those}`;
    return (await statements.rows<{ id: string }>(ended, [now, reason, ...ids])).map(({ id }) => id);
  }

  findOpen(userId: string): Promise<Session[]> {
    const later = MoreThan(this.clock.now());
    return this.sessions.find({
      where: {
        userId: Raw((column) => `${column} = ${survivor(':userId')}`, { userId }),
        endedAt: IsNull(),
        expiresAt: later,
      },
      order: { createdAt: 'DESC', id: 'DESC' },
      take: LISTED_MAX,
    });
  }

  async findEndedSince(since: Date): Promise<{ id: string; endedAt: Date }[]> {
    const rows = await this.database.rows<{ id: string; ended_at: Date | string }>(FIND_ENDED_SINCE, [since, since]);
    return rows.map((row) => ({ id: row.id, endedAt: asDate(row.ended_at) }));
  }

  /** False also for one that is no longer there, as after an erasure. */
  async isOpen(id: string): Promise<boolean> {
    return (await this.database.rows(IS_OPEN, [id])).length > 0;
  }

  async exists(session: { id: string; userId: string }): Promise<boolean> {
    const sql = `SELECT 1 FROM sessions WHERE id = ? AND user_id = ${survivor()}`;
    return (await this.database.rows(sql, [session.id, session.userId])).length > 0;
  }

  async hasOpen(userId: string): Promise<boolean> {
    return (await this.database.rows(HAS_OPEN, [userId, this.clock.now()])).length > 0;
  }

  /** Has this device held a session of the user before? */
  async hasDevice(userId: string, deviceId: string): Promise<boolean> {
    const sql = 'SELECT 1 FROM sessions WHERE user_id = ? AND device_id = ? LIMIT 1';
    return (await this.database.rows(sql, [userId, deviceId])).length > 0;
  }
}

function readSession(row: SessionRow): RefreshableSession {
  return {
    id: row.id,
    token: row.token,
    generation: row.generation,
    firstGeneration: row.first_generation,
    seenGeneration: row.seen_generation,
    rotatedAt: asDate(row.rotated_at),
    expiresAt: asDate(row.expires_at),
    absoluteExpiresAt: asDate(row.absolute_expires_at),
    endedAt: row.ended_at === null ? null : asDate(row.ended_at),
    user: readUser(row),
  };
}
