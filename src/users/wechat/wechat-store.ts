import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { asDate, Database, type Statements } from '../../platform/database/database.js';
import type { SealedColumn } from '../../platform/encryption/resealing/sealed-column.js';
import { SecretBox } from '../../platform/encryption/secret-box.js';
import { survivor } from '../merging/survivor.js';
import type { Phone } from '../phones/phones.js';
import { readUser, type UserRow, type UserSummary, userColumns } from '../user-summary.js';
import { OpenPlatforms, type UnionKey } from './open-platforms.js';

/** Who WeChat says is logging in, to which mini-program. */
export interface WechatLogin {
  appId: string;
  openid: string;
  unionid?: string;
  sessionKey: string;
  /** When the same visit proved a phone number too. */
  phone?: Phone;
}

/** Names one WeChat account. */
export interface WechatAccountId {
  appId: string;
  openid: string;
}

/** A WeChat account with the key of its current WeChat session. */
export interface WechatAccountKey extends WechatAccountId {
  /** Null when it was dropped. */
  sessionKey: string | null;
  /** When the key was received. */
  sessionKeyAt: Date | null;
}

/** The user of a WeChat account, and whom its unionid names. */
export interface KnownWechatUser {
  user: UserSummary;
  /** Null when the unionid is tied to nobody yet, or there is none. */
  unionUserId: string | null;
}

export const FIND_ACCOUNT = `SELECT a.id AS account_id, w.user_id AS union_user_id, ${userColumns('u')}
  FROM wechat_accounts a JOIN users u ON u.id = a.user_id
  LEFT JOIN wechat_unions w ON w.open_platform = ? AND w.unionid = ? WHERE a.app_id = ? AND a.openid = ?`;
export const FIND_BY_UNION = `SELECT ${userColumns('u')} FROM wechat_unions w JOIN users u ON u.id = w.user_id
  WHERE w.open_platform = ? AND w.unionid = ?`;
const RENEW_ACCOUNT = `UPDATE wechat_accounts SET session_key_encrypted = ?, session_key_at = ?,
  unionid = COALESCE(?, unionid), last_login_at = ?, updated_at = ? WHERE id = ?`;
const INSERT_ACCOUNT = `INSERT INTO wechat_accounts (user_id, app_id, openid, unionid, session_key_encrypted,
  session_key_at, last_login_at, created_at, updated_at) VALUES (${survivor()}, ?, ?, ?, ?, ?, ?, ?, ?)`;
const INSERT_UNION = `INSERT INTO wechat_unions (user_id, open_platform, unionid, created_at, updated_at)
  VALUES (${survivor()}, ?, ?, ?, ?)`;
const FIND_KEY = `SELECT app_id, openid, session_key_encrypted, session_key_at FROM wechat_accounts
  WHERE user_id = ${survivor()}`;
const NEWEST_LOGIN = 'ORDER BY last_login_at DESC, id DESC LIMIT 1';
const REPLACE_KEY = `UPDATE wechat_accounts SET session_key_encrypted = ?, session_key_at = ?, updated_at = ?
  WHERE app_id = ? AND openid = ?`;

const NO_UNION: UnionKey = { openPlatform: '', unionid: '' }; // NULL would make MySQL read the whole table

type AccountRow = UserRow & { account_id: string | number; union_user_id: string | number | null };

interface KeyRow {
  app_id: string;
  openid: string;
  session_key_encrypted: string | null;
  session_key_at: Date | string | null;
}

/** The tables that tie WeChat's openids and unionids to our users; session_keys are sealed for their account. */
@Injectable()
export class WechatStore {
  constructor(
    private readonly database: Database,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
    private readonly platforms: OpenPlatforms,
  ) {}

  /** Finds the account and notes the login on it: two statements, one when it is not known. */
  async renew(login: WechatLogin): Promise<KnownWechatUser | null> {
    const { openPlatform, unionid } = this.platforms.unionOf(login) ?? NO_UNION;
    const parameters = [openPlatform, unionid, login.appId, login.openid];
    const [row] = await this.database.rows<AccountRow>(FIND_ACCOUNT, parameters);
    if (!row) return null;
    const now = this.clock.now();
    const sealed = this.seal(login, login.sessionKey);
    await this.database.write(RENEW_ACCOUNT, [sealed, now, login.unionid ?? null, now, now, row.account_id]);
    return { user: readUser(row), unionUserId: row.union_user_id === null ? null : String(row.union_user_id) };
  }

  async insertAccount(userId: string, login: WechatLogin, statements: Statements = this.database): Promise<void> {
    const { appId, openid, unionid = null } = login;
    const now = this.clock.now();
    const sealed = this.seal(login, login.sessionKey);
    await statements.write(INSERT_ACCOUNT, [userId, appId, openid, unionid, sealed, now, now, now, now]);
  }

  /** An account that another system knew: WeChat gives its session_key with the next login. */
  async insertKnown(
    userId: string,
    { appId, openid, unionid = null }: WechatAccountId & { unionid?: string | null },
    statements: Statements,
  ): Promise<void> {
    const now = this.clock.now();
    await statements.write(INSERT_ACCOUNT, [userId, appId, openid, unionid, null, null, now, now, now]);
  }

  async findUnionUser(login: WechatLogin, statements: Statements = this.database): Promise<UserSummary | null> {
    const union = this.platforms.unionOf(login);
    if (!union) return null;
    const [row] = await statements.rows<UserRow>(FIND_BY_UNION, [union.openPlatform, union.unionid]);
    return row ? readUser(row) : null;
  }

  /** Ties the login's unionid to the user; a login without one ties nothing. */
  async insertUnion(
    userId: string,
    login: Pick<WechatLogin, 'appId' | 'unionid'>,
    statements: Statements = this.database,
  ): Promise<void> {
    const union = this.platforms.unionOf(login);
    if (!union) return;
    const now = this.clock.now();
    await statements.write(INSERT_UNION, [userId, union.openPlatform, union.unionid, now, now]);
  }

  /** The user's account in this mini-program; without an app the one they logged in with last. */
  async findKey(userId: string, appId?: string): Promise<WechatAccountKey | null> {
    const sql = appId === undefined ? `${FIND_KEY} ${NEWEST_LOGIN}` : `${FIND_KEY} AND app_id = ? ${NEWEST_LOGIN}`;
    const [row] = await this.database.rows<KeyRow>(sql, appId === undefined ? [userId] : [userId, appId]);
    return row ? this.readKey(row) : null;
  }

  async replaceKey(account: WechatAccountId, sessionKey: string | null): Promise<void> {
    const now = this.clock.now();
    const sealed = sessionKey === null ? null : this.seal(account, sessionKey);
    const receivedAt = sessionKey === null ? null : now;
    await this.database.write(REPLACE_KEY, [sealed, receivedAt, now, account.appId, account.openid]);
  }

  countAccounts(statements: Statements, userId: string): Promise<number> {
    return count(statements, 'wechat_accounts', userId);
  }

  countUnions(statements: Statements, userId: string): Promise<number> {
    return count(statements, 'wechat_unions', userId);
  }

  async move(statements: Statements, { from, into }: { from: string; into: string }): Promise<void> {
    const now = this.clock.now();
    await statements.write('UPDATE wechat_accounts SET user_id = ?, updated_at = ? WHERE user_id = ?', [
      into,
      now,
      from,
    ]);
    await statements.write('UPDATE wechat_unions SET user_id = ?, updated_at = ? WHERE user_id = ?', [into, now, from]);
  }

  private readKey({ app_id: appId, openid, ...row }: KeyRow): WechatAccountKey {
    const account = { appId, openid };
    const sealed = row.session_key_encrypted;
    return {
      ...account,
      sessionKey: sealed === null ? null : this.secrets.open(sealed, ownerOf(account)).toString(),
      sessionKeyAt: row.session_key_at === null ? null : asDate(row.session_key_at),
    };
  }

  private seal(account: WechatAccountId, sessionKey: string): string {
    return this.secrets.seal(sessionKey, ownerOf(account));
  }
}

/** The session_keys, each sealed for its account. */
export const SEALED_SESSION_KEYS: SealedColumn = {
  ...{ table: 'wechat_accounts', id: 'id', column: 'session_key_encrypted', reads: ['app_id', 'openid'] },
  ownerOf: ({ app_id: appId, openid }) => ownerOf({ appId, openid } as WechatAccountId),
};

function ownerOf({ appId, openid }: WechatAccountId): string {
  return `${appId}|${openid}`;
}

async function count(statements: Statements, table: 'wechat_accounts' | 'wechat_unions', userId: string) {
  const sql = `SELECT COUNT(*) AS n FROM ${table} WHERE user_id = ?`;
  const [row] = await statements.rows<{ n: string | number }>(sql, [userId]);
  return Number(row?.n ?? 0);
}
