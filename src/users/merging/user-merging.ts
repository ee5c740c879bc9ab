import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Statements } from '../../platform/database/database.js';
import { Phones } from '../phones/phones.js';
import { MergeConflictError, UserNotFoundError } from '../users.errors.js';
import { WechatStore } from '../wechat/wechat-store.js';
import { conflictsBetween, MERGED_COLUMNS, mergedValues, type MergeRow } from './merge-rules.js';
import { survivor } from './survivor.js';

/** The ids of two users that are one person. */
export interface MergePair {
  /** The one that becomes a tombstone. */
  from: string;
  /** The one that lives on. */
  into: string;
}

/** What of a user goes to the other one. */
export interface UserMoves {
  wechatAccounts: number;
  unions: number;
  username: boolean;
  email: boolean;
  phone: boolean;
}

// Locks both rows, in the order of their ids. Whoever adds an account or a session to one of them waits.
const LOCK = 'UPDATE users SET updated_at = ? WHERE id IN (?, ?)';
const FIND_PAIR = `SELECT id, merged_into, username, username_key, password_hash, password_changed_at, email, phone_hash,
  nickname, avatar_url, role, banned_until, ban_reason FROM users WHERE id IN (?, ?)`;
const ENTOMB = `UPDATE users SET username = NULL, username_key = NULL, password_hash = NULL,
  password_changed_at = NULL, email = NULL, nickname = NULL, avatar_url = NULL, banned_until = NULL, ban_reason = NULL,
  merged_into = ?, updated_at = ? WHERE id = ?`;
const COMPLETE = `UPDATE users SET ${MERGED_COLUMNS.map((column) => `${column} = ?`).join(', ')}, updated_at = ?
  WHERE id = ?`;
// So that one look is always enough: a tombstone names someone who lives.
const REDIRECT_TOMBSTONES = 'UPDATE users SET merged_into = ?, updated_at = ? WHERE merged_into = ?';
const MOVE_CONSENTS = 'UPDATE consents SET user_id = ?, updated_at = ? WHERE user_id = ?';

/** The users' part of a merge, inside the transaction of whoever also moves the rest. */
@Injectable()
export class UserMerging {
  constructor(
    private readonly database: Database,
    private readonly wechat: WechatStore,
    private readonly phones: Phones,
    private readonly clock: Clock,
  ) {}

  /**
   * Follows the second id to who lives on under it.
   * @throws UserNotFoundError
   */
  async resolve({ from, into }: MergePair): Promise<MergePair> {
    const [row] = await this.database.rows<{ id: string | number | null }>(`SELECT ${survivor()} AS id`, [into]);
    if (!row || row.id === null) throw new UserNotFoundError();
    return { from, into: String(row.id) };
  }

  /** From here to the end of the transaction nothing is added to either user. */
  async lock(statements: Statements, { from, into }: MergePair): Promise<void> {
    await statements.write(LOCK, [this.clock.now(), from, into]);
  }

  /**
   * What would move; null when it has all moved before.
   * @throws UserNotFoundError, MergeConflictError
   */
  async plan(statements: Statements, pair: MergePair): Promise<UserMoves | null> {
    const { from, into } = await this.findPair(statements, pair);
    if (String(from.merged_into) === pair.into) return null;
    requireMergeable(from, into);
    return {
      wechatAccounts: await this.wechat.countAccounts(statements, pair.from),
      unions: await this.wechat.countUnions(statements, pair.from),
      username: from.username !== null,
      email: from.email !== null,
      phone: from.phone_hash !== null,
    };
  }

  /** Gives the survivor all that the other user has, and leaves a tombstone under the old id. */
  async move(statements: Statements, pair: MergePair): Promise<void> {
    const { from, into } = await this.findPair(statements, pair);
    const now = this.clock.now();
    await this.phones.move(statements, pair);
    await statements.write(ENTOMB, [pair.into, now, pair.from]);
    await statements.write(COMPLETE, [...mergedValues(from, into), now, pair.into]);
    await statements.write(REDIRECT_TOMBSTONES, [pair.into, now, pair.from]);
    await this.wechat.move(statements, pair);
    await statements.write(MOVE_CONSENTS, [pair.into, now, pair.from]);
  }

  private async findPair(statements: Statements, pair: MergePair): Promise<{ from: MergeRow; into: MergeRow }> {
    const rows = await statements.rows<MergeRow>(FIND_PAIR, [pair.from, pair.into]);
    const from = rows.find(({ id }) => String(id) === pair.from);
    const into = rows.find(({ id }) => String(id) === pair.into);
    if (!from || !into) throw new UserNotFoundError();
    return { from, into };
  }
}

function requireMergeable(from: MergeRow, into: MergeRow): void {
  if (from === into) throw new MergeConflictError({ detail: SAME_USER });
  if (from.merged_into !== null || into.merged_into !== null)
    throw new MergeConflictError({ detail: MERGED_ELSEWHERE });
  const fields = conflictsBetween(from, into);
  if (fields.length) throw new MergeConflictError({ fields });
}

const SAME_USER = { zh: '两个 ID 属于同一个账号', en: 'Both ids name the same user' };
const MERGED_ELSEWHERE = { zh: '该账号已合并到其他账号', en: 'This user was merged into another one before' };
