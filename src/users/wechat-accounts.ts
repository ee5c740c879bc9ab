import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { isDuplicateKey } from '../platform/database/database-errors.js';
import { SecretBox } from '../platform/encryption/secret-box.js';
import { readUser, type UserRow, type UserSummary, userColumns } from './user-summary.js';

/** Who WeChat says is logging in, to which mini-program. */
export interface WechatLogin {
  appId: string;
  openid: string;
  unionid?: string;
  sessionKey: string;
}

export const FIND_ACCOUNT = `SELECT a.id AS account_id, ${userColumns('u')}
  FROM wechat_accounts a JOIN users u ON u.id = a.user_id WHERE a.app_id = ? AND a.openid = ?`;
const RENEW_ACCOUNT = `UPDATE wechat_accounts SET session_key_encrypted = ?, session_key_at = ?,
  unionid = COALESCE(?, unionid), last_login_at = ?, updated_at = ? WHERE id = ?`;
const INSERT_USER = 'INSERT INTO users (role, created_at, updated_at) VALUES (?, ?, ?)';
const INSERT_ACCOUNT = `INSERT INTO wechat_accounts (user_id, app_id, openid, unionid, session_key_encrypted,
  session_key_at, last_login_at, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;

type AccountRow = UserRow & { account_id: string | number };

/** The table that ties WeChat's openids to our users. Two statements for someone known, five for someone new. */
@Injectable()
export class WechatAccounts {
  constructor(
    private readonly database: Database,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** The user of this WeChat account, made on the first login; the new session_key is kept encrypted. */
  async findOrCreateUser(login: WechatLogin): Promise<{ user: UserSummary; isNewUser: boolean }> {
    const known = await this.renewKnown(login);
    if (known) return { user: known, isNewUser: false };
    try {
      return { user: await this.create(login), isNewUser: true };
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    // Another request made the account first. Its transaction has ended and so has ours: a new read sees it.
    const winner = await this.renewKnown(login);
    if (!winner) throw new Error('A WeChat account exists and cannot be found');
    return { user: winner, isNewUser: false };
  }

  private async renewKnown(login: WechatLogin): Promise<UserSummary | null> {
    const [row] = await this.database.rows<AccountRow>(FIND_ACCOUNT, [login.appId, login.openid]);
    if (!row) return null;
    const now = this.clock.now();
    await this.database.write(RENEW_ACCOUNT, [this.seal(login), now, login.unionid ?? null, now, now, row.account_id]);
    return readUser(row);
  }

  private create(login: WechatLogin): Promise<UserSummary> {
    const now = this.clock.now();
    return this.database.transaction(async (statements) => {
      const { insertId: id } = await statements.write(INSERT_USER, ['user', now, now]);
      const account = [id, login.appId, login.openid, login.unionid ?? null, this.seal(login), now, now, now, now];
      await statements.write(INSERT_ACCOUNT, account);
      const nothing = { username: null, nickname: null, avatarUrl: null, email: null, bannedUntil: null };
      return { id, role: 'user', createdAt: now, ...nothing };
    });
  }

  private seal({ sessionKey, appId, openid }: WechatLogin): string {
    return this.secrets.seal(sessionKey, `${appId}|${openid}`);
  }
}
