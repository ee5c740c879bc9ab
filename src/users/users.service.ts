import { Injectable } from '@nestjs/common';
import { Database, type Statements } from '../platform/database/database.js';
import { type Phone, Phones } from './phones/phones.js';
import { readUser, type UserRow, type UserSummary, userColumns } from './user-summary.js';
import { UserNotFoundError } from './users.errors.js';
import { WechatAccounts } from './wechat-accounts.js';
import { type WechatAccountId, type WechatAccountKey, type WechatLogin, WechatStore } from './wechat/wechat-store.js';

export const FIND_BY_ID = `SELECT ${userColumns('u')} FROM users o JOIN users u ON u.id = COALESCE(o.merged_into, o.id)
  WHERE o.id = ?`;

/** Who the users are, their WeChat accounts and phone numbers. An id that was merged away names the survivor. */
@Injectable()
export class UsersService {
  constructor(
    private readonly database: Database,
    private readonly wechatAccounts: WechatAccounts,
    private readonly wechat: WechatStore,
    private readonly phones: Phones,
  ) {}

  findOrCreateByWechat(login: WechatLogin): Promise<{ user: UserSummary; isNewUser: boolean }> {
    return this.wechatAccounts.findOrCreateUser(login);
  }

  /** Whose account this is, nobody's when it is not known; the new session_key is kept. */
  async recogniseWechat(login: WechatLogin): Promise<UserSummary | null> {
    return (await this.wechat.renew(login))?.user ?? null;
  }

  /** @throws UserNotFoundError */
  async getUser(id: string, statements: Statements = this.database): Promise<UserSummary> {
    const [row] = await statements.rows<UserRow>(FIND_BY_ID, [id]);
    if (!row) throw new UserNotFoundError();
    return readUser(row);
  }

  /** @param phoneNumber in E.164 */
  findByPhone(phoneNumber: string): Promise<UserSummary | null> {
    return this.phones.findUser({ phoneNumber });
  }

  /**
   * Gives the user this verified number in place of the one they had.
   * @throws UserNotFoundError, PhoneTakenError
   */
  async setPhone(userId: string, phone: Phone): Promise<UserSummary> {
    return this.phones.set(await this.getUser(userId), phone);
  }

  /** The account in one mini-program, or the one last used, with its session_key opened: never log or answer it. */
  findWechatAccount(userId: string, appId?: string): Promise<WechatAccountKey | null> {
    return this.wechat.findKey(userId, appId);
  }

  /** Keeps the key WeChat has just given for this account; null forgets it. */
  replaceSessionKey(account: WechatAccountId, sessionKey: string | null): Promise<void> {
    return this.wechat.replaceKey(account, sessionKey);
  }
}
