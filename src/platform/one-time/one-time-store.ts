import { Injectable } from '@nestjs/common';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Clock } from '../clock.js';
import { asDate, Database } from '../database/database.js';
import { isDuplicateKey } from '../database/database-errors.js';
import { DerivedKeys } from '../encryption/derived-keys.js';
import { SecretBox } from '../encryption/secret-box.js';
import type { OneTimeState } from './one-time-result.entity.js';

/** One use of a code that works once. */
export interface OneTimeUse {
  /** What the code is for, so that a login code and a phone code of the same letters are two. */
  purpose: string;
  appId: string;
  code: string;
  /** Who may ask again: the same text as at the first time. Stored as a keyed hash. */
  requester: string;
  /** How long the result can be had again. */
  keptSeconds: number;
}

/** The row of a code, and who is asking. */
export interface ResultKey {
  id: Buffer;
  requester: Buffer;
  /** The same requester by every secret that is accepted while APP_SECRET is replaced. */
  requesters: Buffer[];
}

/** The hold of one process on a code; whoever takes an expired one over gets another `expiresAt`. */
export interface Claim {
  id: Buffer;
  expiresAt: Date;
}

/** What a row says to somebody who comes later. */
export interface Found {
  state: OneTimeState;
  result: string | null;
  isOwn: boolean;
  isExpired: boolean;
  expiresAt: Date;
}

interface ResultRow {
  requester: Buffer;
  state: OneTimeState;
  result: string | null;
  expires_at: Date | string;
}

// Longer than WeChat and the database together can take: after it, the process that claimed the code is dead.
const LEASE_MS = 30_000;

const CLAIM = `INSERT INTO one_time_results (id, requester, state, expires_at, created_at, updated_at)
  VALUES (?, ?, 'pending', ?, ?, ?)`;
const TAKE_OVER = `UPDATE one_time_results SET requester = ?, state = 'pending', result = NULL, expires_at = ?,
  updated_at = ? WHERE id = ? AND expires_at = ?`;
const FINISH = `UPDATE one_time_results SET state = ?, result = ?, expires_at = ?, updated_at = ?
  WHERE id = ? AND state = 'pending' AND expires_at = ?`;
const RELEASE = "DELETE FROM one_time_results WHERE id = ? AND state = 'pending' AND expires_at = ?";
export const FIND_ONE_TIME_RESULT = 'SELECT requester, state, result, expires_at FROM one_time_results WHERE id = ?';
export const FIND_EXPIRED = 'SELECT id FROM one_time_results WHERE expires_at <= ? ORDER BY expires_at LIMIT ?';

/** The table of one-time results; each method is one statement, and the claims are atomic across processes. */
@Injectable()
export class OneTimeStore {
  private readonly requesterKeys: Buffer[];

  constructor(
    private readonly database: Database,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
    keys: DerivedKeys,
  ) {
    this.requesterKeys = keys.deriveAll('one-time-requester');
  }

  /** Names the row of a use, and its requester. */
  identify({ purpose, appId, code, requester }: OneTimeUse): ResultKey {
    const id = createHash('sha256')
      .update(JSON.stringify([purpose, appId, code]))
      .digest();
    const requesters = this.requesterKeys.map((key) => createHmac('sha256', key).update(requester).digest());
    return { id, requester: requesters[0]!, requesters };
  }

  /** Null when somebody else has claimed the code before. */
  async claim({ id, requester }: ResultKey): Promise<Claim | null> {
    const { now, expiresAt } = this.lease();
    try {
      await this.database.write(CLAIM, [id, requester, expiresAt, now, now]);
      return { id, expiresAt };
    } catch (error) {
      if (isDuplicateKey(error)) return null;
      throw error;
    }
  }

  /** Claims a row that has expired; null when another was faster. */
  async takeOver({ id, requester }: ResultKey, expired: Date): Promise<Claim | null> {
    const { now, expiresAt } = this.lease();
    const { affected } = await this.database.write(TAKE_OVER, [requester, expiresAt, now, id, expired]);
    return affected === 1 ? { id, expiresAt } : null;
  }

  /** What is known about the code, or null. */
  async find({ id, requesters }: ResultKey): Promise<Found | null> {
    const [row] = await this.database.rows<ResultRow>(FIND_ONE_TIME_RESULT, [id]);
    if (!row) return null;
    const expiresAt = asDate(row.expires_at);
    const isOwn = requesters.some((requester) => timingSafeEqual(row.requester, requester));
    const isExpired = expiresAt <= this.clock.now();
    return { state: row.state, result: row.result, isOwn, isExpired, expiresAt };
  }

  async finish(
    { id, expiresAt }: Claim,
    state: 'done' | 'failed',
    result: string,
    { keptSeconds }: Pick<OneTimeUse, 'keptSeconds'>,
  ): Promise<void> {
    const now = this.clock.now();
    const until = new Date(now.getTime() + keptSeconds * 1000);
    await this.database.write(FINISH, [state, result, until, now, id, expiresAt]);
  }

  async release({ id, expiresAt }: Claim): Promise<void> {
    await this.database.write(RELEASE, [id, expiresAt]);
  }

  /** Deletes at most `limit` expired rows, by their ids, and says how many it found. */
  async deleteExpired(limit: number): Promise<number> {
    const now = this.clock.now();
    const rows = await this.database.rows<{ id: Buffer }>(FIND_EXPIRED, [now, limit]);
    if (!rows.length) return 0;
    const places = rows.map(() => '?').join(', ');
    const sql = `DELETE FROM one_time_results WHERE id IN (${places}) AND expires_at <= ?`;
    await this.database.write(sql, [...rows.map(({ id }) => id), now]);
    return rows.length;
  }

  seal(value: object, { id }: Claim): string {
    return this.secrets.seal(JSON.stringify(value), ownerOf(id));
  }

  open<T>(sealed: string, id: Buffer): T {
    return JSON.parse(this.secrets.open(sealed, ownerOf(id)).toString()) as T;
  }

  private lease(): { now: Date; expiresAt: Date } {
    const now = this.clock.now();
    return { now, expiresAt: new Date(now.getTime() + LEASE_MS) };
  }
}

function ownerOf(id: Buffer): string {
  return `one-time-result|${id.toString('base64url')}`;
}
