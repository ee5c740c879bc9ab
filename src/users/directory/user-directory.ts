import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { asDate, Database } from '../../platform/database/database.js';
import type { Role } from '../../platform/identity/caller.js';
import { WechatConfig } from '../../wechat/wechat.config.js';
import { withBanInForce } from '../bans/ban.js';
import { survivor } from '../merging/survivor.js';
import { Phones } from '../phones/phones.js';
import { readUser, type UserRow, type UserSummary, userColumns } from '../user-summary.js';
import { UserNotFoundError } from '../users.errors.js';
import { candidatesFor, FOUND_MAX, type IdSelect, phoneNumberIn, unionOf } from './user-candidates.js';

/** Whom to list. */
export interface UserSearch {
  /** An id, the beginning of a username, or a whole e-mail address, phone number or openid. */
  query?: string;
  role?: Role;
  banned?: boolean;
  /** From 1. */
  page: number;
  pageSize: number;
}

/** One page of users; the total stops counting at 10,000. */
export interface UserPage {
  users: UserSummary[];
  total: number;
}

/** How somebody can log in. */
export interface UserLogins {
  user: UserSummary;
  hasPassword: boolean;
  wechat: { appId: string; boundAt: Date; lastLoginAt: Date }[];
}

interface AccountRow {
  app_id: string;
  created_at: Date | string;
  last_login_at: Date | string;
}

const FIND_LOGINS = `SELECT ${userColumns('u')}, CASE WHEN u.password_hash IS NULL THEN 0 ELSE 1 END AS has_password
  FROM users u WHERE u.id = ${survivor()}`;
const FIND_ACCOUNTS = `SELECT app_id, created_at, last_login_at FROM wechat_accounts WHERE user_id = ?
  ORDER BY last_login_at DESC, id DESC`;
const NEWEST_FIRST = 'ORDER BY u.id DESC';
const LONGEST_BAN_FIRST = 'ORDER BY u.banned_until DESC, u.id DESC'; // the order of their index

/** All users, for those who look after them. */
@Injectable()
export class UserDirectory {
  constructor(
    private readonly database: Database,
    private readonly phones: Phones,
    private readonly wechat: WechatConfig,
    private readonly clock: Clock,
  ) {}

  /** Newest first, of those who are banned the longest ban first. */
  async search(search: UserSearch): Promise<UserPage> {
    const found = await this.conditionsOf(search);
    if (!found) return { users: [], total: 0 };
    const { from, parameters } = found;
    const order = search.banned ? LONGEST_BAN_FIRST : NEWEST_FIRST;
    const offset = Math.min((search.page - 1) * search.pageSize, FOUND_MAX);
    const limit = Math.min(search.pageSize, FOUND_MAX - offset);
    const list = `SELECT ${userColumns('u')} ${from} ${order} LIMIT ? OFFSET ?`;
    const rows = await this.database.rows<UserRow>(list, [...parameters, limit, offset]);
    const count = `SELECT COUNT(*) AS n FROM (SELECT u.id ${from} LIMIT ${FOUND_MAX}) found`;
    const [counted] = await this.database.rows<{ n: string | number }>(count, parameters);
    const now = this.clock.now();
    return { users: rows.map((row) => withBanInForce(readUser(row), now)), total: Number(counted?.n ?? 0) };
  }

  /** @throws UserNotFoundError */
  async getLogins(userId: string): Promise<UserLogins> {
    const [row] = await this.database.rows<UserRow & { has_password: number | string }>(FIND_LOGINS, [userId]);
    if (!row) throw new UserNotFoundError();
    const user = withBanInForce(readUser(row), this.clock.now());
    const accounts = await this.database.rows<AccountRow>(FIND_ACCOUNTS, [user.id]);
    const wechat = accounts.map(({ app_id: appId, created_at: boundAt, last_login_at: lastLoginAt }) => {
      return { appId, boundAt: asDate(boundAt), lastLoginAt: asDate(lastLoginAt) };
    });
    return { user, hasPassword: Number(row.has_password) === 1, wechat };
  }

  private async conditionsOf({ query, role, banned }: UserSearch) {
    const meant = query === undefined ? null : await this.candidates(query);
    if (meant && !meant.length) return null;
    const ids = meant && unionOf(meant);
    const from = ids ? `FROM (${ids.sql}) f JOIN users u ON u.id = f.id` : 'FROM users u';
    const where = ['u.merged_into IS NULL'];
    const parameters = ids ? [...ids.parameters] : [];
    if (role !== undefined) {
      where.push('u.role = ?');
      parameters.push(role);
    }
    if (banned !== undefined) {
      where.push(banned ? 'u.banned_until > ?' : '(u.banned_until IS NULL OR u.banned_until <= ?)');
      parameters.push(this.clock.now());
    }
    return { from: `${from} WHERE ${where.join(' AND ')}`, parameters };
  }

  private async candidates(query: string): Promise<IdSelect[]> {
    const phoneNumber = phoneNumberIn(query);
    const owner = phoneNumber === null ? null : await this.phones.findUser({ phoneNumber });
    const byPhone = owner ? [{ sql: 'SELECT id FROM users WHERE id = ?', parameters: [owner.id] }] : [];
    return [...candidatesFor(query, this.wechat.appIds), ...byPhone];
  }
}
