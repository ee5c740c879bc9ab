import { Injectable } from '@nestjs/common';
import { PasswordAccounts } from '../password-accounts.js';
import type { UserSummary } from '../user-summary.js';
import { UserNotFoundError } from '../users.errors.js';
import { UsersService } from '../users.service.js';

const ID = /^\d{1,20}$/;
const USERNAME_PREFIX = 'username:';

/** Finds the one user that somebody names, never one whose name is merely like it. */
@Injectable()
export class NamedUsers {
  constructor(
    private readonly users: UsersService,
    private readonly accounts: PasswordAccounts,
  ) {}

  /**
   * @param name an id, a username, an e-mail address, or a phone number in E.164
   * @throws UserNotFoundError
   */
  async get(name: string): Promise<UserSummary> {
    if (ID.test(name)) return this.users.getUser(name);
    const user = name.startsWith('+') ? await this.users.findByPhone(name) : await this.find(name);
    if (!user) throw new UserNotFoundError();
    return user;
  }

  /** By username or e-mail address; `username:` before it says that digits are no id. */
  async find(name: string): Promise<UserSummary | null> {
    const username = name.startsWith(USERNAME_PREFIX) ? name.slice(USERNAME_PREFIX.length) : name;
    return (await this.accounts.lookUp(username)).user;
  }
}
