import { Injectable } from '@nestjs/common';
import { UserSessions } from '../../auth/admin/user-sessions.js';
import { NamedUsers } from '../../users/directory/named-users.js';
import type { UserSummary } from '../../users/user-summary.js';

/** What an operator does to the devices of users. */
@Injectable()
export class SessionActs {
  constructor(
    private readonly users: NamedUsers,
    private readonly sessions: UserSessions,
  ) {}

  /** @throws UserNotFoundError */
  get(name: string): Promise<UserSummary> {
    return this.users.get(name);
  }

  list({ id }: UserSummary) {
    return this.sessions.list(id);
  }

  /**
   * Ends one session, or all when none is named.
   * @throws SessionNotFoundError
   */
  async end({ id }: UserSummary, sessionId?: string): Promise<void> {
    if (sessionId === undefined) await this.sessions.endAll(id);
    else await this.sessions.end(id, sessionId);
  }
}
