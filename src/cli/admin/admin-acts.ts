import { Injectable } from '@nestjs/common';
import { RoleChanges } from '../../auth/standing/role-changes.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { NamedUsers } from '../../users/directory/named-users.js';
import { PasswordAccounts, type Registration } from '../../users/password-accounts.js';
import type { UserSummary } from '../../users/user-summary.js';

/** How an operator makes admins: the first one, and one in place of those who left. */
@Injectable()
export class AdminActs {
  constructor(
    private readonly users: NamedUsers,
    private readonly accounts: PasswordAccounts,
    private readonly roles: RoleChanges,
    private readonly audit: AuditLog,
  ) {}

  /** Null when nobody has the name, which a new admin may take then. */
  async find(name: string): Promise<UserSummary | null> {
    return /^[\d+]/.test(name) ? this.users.get(name) : this.users.find(name);
  }

  async raise({ id: userId }: UserSummary): Promise<void> {
    await this.roles.change({ userId }, 'admin');
  }

  /**
   * Should it be cut off between the two steps, the same command raises the user whom the first has made.
   * @throws PasswordTooWeakError, UsernameTakenError, EmailTakenError
   */
  async create(registration: Registration): Promise<UserSummary> {
    const user = await this.accounts.register(registration);
    this.audit.record({ type: 'register', outcome: 'ok', userId: user.id });
    await this.raise(user);
    return user;
  }
}
