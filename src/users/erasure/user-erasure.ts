import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Statements } from '../../platform/database/database.js';
import { UserNotFoundError } from '../users.errors.js';

/** A kind of personal data that its owner, or WeChat, can take back. */
export type PersonalField = 'nickname' | 'avatar' | 'phone' | 'email';

/** One person in one mini-program, as WeChat names them. */
export interface WechatAccountName {
  appId: string;
  openid: string;
}

const COLUMNS: Record<PersonalField, string[]> = {
  nickname: ['nickname'],
  avatar: ['avatar_url'],
  phone: ['phone_encrypted', 'phone_hash', 'phone_masked'],
  email: ['email'],
};

const FIND_USER = 'SELECT user_id FROM wechat_accounts WHERE app_id = ? AND openid = ?';
const DELETE_ACCOUNT = 'DELETE FROM wechat_accounts WHERE app_id = ? AND openid = ? AND user_id = ?';
const DELETE_LOST_UNIONS = `DELETE FROM wechat_unions WHERE user_id = ? AND NOT EXISTS
  (SELECT 1 FROM wechat_accounts a WHERE a.user_id = ? AND a.unionid = wechat_unions.unionid)`;
const IS_UNREACHABLE = `id = ? AND password_hash IS NULL
  AND NOT EXISTS (SELECT 1 FROM wechat_accounts a WHERE a.user_id = ?)`;

const DELETE_USER = 'DELETE FROM users WHERE id = ? AND merged_into IS NULL';

/** Erases what people take back: single fields, a WeChat account, or someone whom nothing lets in any more. */
@Injectable()
export class UserErasure {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async findWechatUser({ appId, openid }: WechatAccountName): Promise<string | null> {
    const [row] = await this.database.rows<{ user_id: string | number }>(FIND_USER, [appId, openid]);
    return row ? String(row.user_id) : null;
  }

  /** Sets the fields to NULL; how the user logs in is not touched. */
  async eraseFields(userId: string, fields: PersonalField[], statements: Statements): Promise<void> {
    if (!fields.length) return;
    const nulls = fields
      .flatMap((field) => COLUMNS[field])
      .map((column) => `${column} = NULL`)
      .join(', ');
    await statements.write(`UPDATE users SET ${nulls}, updated_at = ? WHERE id = ?`, [this.clock.now(), userId]);
  }

  /** Deletes the WeChat account with its session_key, and a unionid that no other account has. True when the user now has no way to log in. */
  async eraseWechatAccount(
    { appId, openid }: WechatAccountName,
    userId: string,
    statements: Statements,
  ): Promise<boolean> {
    await statements.write(DELETE_ACCOUNT, [appId, openid, userId]);
    await statements.write(DELETE_LOST_UNIONS, [userId, userId]);
    const rows = await statements.rows(`SELECT 1 FROM users WHERE ${IS_UNREACHABLE}`, [userId, userId]);
    return rows.length > 0;
  }

  /** Does nothing let them in any more? Nobody can give them a way back in before the transaction ends. */
  async isUnreachable(statements: Statements, userId: string): Promise<boolean> {
    const sql = `UPDATE users SET updated_at = ? WHERE ${IS_UNREACHABLE}`;
    return (await statements.write(sql, [this.clock.now(), userId, userId])).affected === 1;
  }

  /** Until the transaction ends nobody adds anything to the user. */
  async lock(statements: Statements, userId: string): Promise<void> {
    await statements.write('UPDATE users SET updated_at = ? WHERE id = ?', [this.clock.now(), userId]);
  }

  /**
   * Deletes the user with everything that hangs on them, and who was merged into them.
   * @throws UserNotFoundError
   */
  async eraseUser(statements: Statements, userId: string): Promise<void> {
    const { affected } = await statements.write(DELETE_USER, [userId]);
    if (affected !== 1) throw new UserNotFoundError();
  }
}
