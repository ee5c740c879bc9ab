import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { type Registration, PasswordAccounts } from './password-accounts.js';
import { readUser, type UserRow, type UserSummary, userColumns } from './user-summary.js';
import { UserNotFoundError } from './users.errors.js';
import { WechatAccounts, type WechatLogin } from './wechat-accounts.js';

export const FIND_BY_ID = `SELECT ${userColumns('u')} FROM users u WHERE u.id = ?`;

/** Who the users are, and how each way of logging in finds or makes them. */
@Injectable()
export class UsersService {
  constructor(
    private readonly database: Database,
    private readonly passwordAccounts: PasswordAccounts,
    private readonly wechatAccounts: WechatAccounts,
  ) {}

  findOrCreateByWechat(login: WechatLogin): Promise<{ user: UserSummary; isNewUser: boolean }> {
    return this.wechatAccounts.findOrCreateUser(login);
  }

  register(registration: Registration): Promise<UserSummary> {
    return this.passwordAccounts.register(registration);
  }

  findByPassword(username: string, password: string): Promise<UserSummary | null> {
    return this.passwordAccounts.findByPassword(username, password);
  }

  /** @param username or e-mail address */
  findByUsername(username: string): Promise<UserSummary | null> {
    return this.passwordAccounts.findByUsername(username);
  }

  isUsernameAvailable(username: string): Promise<boolean> {
    return this.passwordAccounts.isUsernameAvailable(username);
  }

  /** @throws UserNotFoundError */
  async getUser(id: string): Promise<UserSummary> {
    const [row] = await this.database.rows<UserRow>(FIND_BY_ID, [id]);
    if (!row) throw new UserNotFoundError();
    return readUser(row);
  }
}
