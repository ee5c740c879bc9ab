import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { SessionOverview, type SessionSummary } from '../../sessions/overview/session-overview.js';
import {
  type UserLogins,
  UserDirectory,
  type UserPage,
  type UserSearch,
} from '../../users/directory/user-directory.js';
import { actorOf, type AdminAct } from '../standing/user-act.js';

/** What an admin sees of one user. */
export type UserDetails = UserLogins & SessionSummary;

/** Users as admins see them: an id that was merged away names the survivor. */
@Injectable()
export class UserViews {
  constructor(
    private readonly directory: UserDirectory,
    private readonly sessions: SessionOverview,
    private readonly audit: AuditLog,
  ) {}

  search(search: UserSearch): Promise<UserPage> {
    return this.directory.search(search);
  }

  /** @throws UserNotFoundError */
  async get(id: string): Promise<UserDetails> {
    const logins = await this.directory.getLogins(id);
    return { ...logins, ...(await this.sessions.summarise(logins.user.id)) };
  }

  /**
   * Like `get`, and leaves a trace: somebody's personal data was looked at.
   * @throws UserNotFoundError
   */
  async show(id: string, by: AdminAct): Promise<UserDetails> {
    const details = await this.get(id);
    this.audit.record({ type: 'admin.user_viewed', outcome: 'ok', userId: details.user.id, ...actorOf(by) });
    return details;
  }
}
