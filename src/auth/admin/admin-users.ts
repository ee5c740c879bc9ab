import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { Role } from '../../platform/identity/caller.js';
import { SessionOverview, type SessionSummary } from '../../sessions/overview/session-overview.js';
import {
  type UserLogins,
  UserDirectory,
  type UserPage,
  type UserSearch,
} from '../../users/directory/user-directory.js';
import type { Ban } from '../../users/bans/user-bans.js';
import { RoleChanges } from '../standing/role-changes.js';
import { actorOf, type AdminAct } from '../standing/user-act.js';
import { UserBanning } from '../standing/user-banning.js';

/** What an admin sees of one user. */
export type UserDetails = UserLogins & SessionSummary;

/** Looks after users: an id that was merged away names the survivor. */
@Injectable()
export class AdminUsers {
  constructor(
    private readonly directory: UserDirectory,
    private readonly sessions: SessionOverview,
    private readonly banning: UserBanning,
    private readonly roles: RoleChanges,
    private readonly audit: AuditLog,
  ) {}

  search(search: UserSearch): Promise<UserPage> {
    return this.directory.search(search);
  }

  /**
   * Leaves a trace: somebody's personal data was looked at.
   * @throws UserNotFoundError
   */
  async view(id: string, by: AdminAct): Promise<UserDetails> {
    const details = await this.getDetails(id);
    this.audit.record({ type: 'admin.user_viewed', outcome: 'ok', userId: details.user.id, ...actorOf(by) });
    return details;
  }

  /** @throws UserNotFoundError, OwnAccountError, LastAdminError */
  async ban(id: string, ban: Ban, by: AdminAct): Promise<UserDetails> {
    const { user } = await this.directory.getLogins(id);
    await this.banning.ban({ userId: user.id, by }, ban);
    return this.getDetails(user.id);
  }

  /** @throws UserNotFoundError */
  async liftBan(id: string, by: AdminAct): Promise<void> {
    const { user } = await this.directory.getLogins(id);
    await this.banning.lift({ userId: user.id, by });
  }

  /** @throws UserNotFoundError, OwnAccountError, LastAdminError */
  async changeRole(id: string, role: Role, by: AdminAct): Promise<UserDetails> {
    const { user } = await this.directory.getLogins(id);
    await this.roles.change({ userId: user.id, by }, role);
    return this.getDetails(user.id);
  }

  private async getDetails(id: string): Promise<UserDetails> {
    const logins = await this.directory.getLogins(id);
    return { ...logins, ...(await this.sessions.summarise(logins.user.id)) };
  }
}
