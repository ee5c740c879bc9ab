import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { SessionEndings } from '../../sessions/session-endings.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import { UsersService } from '../../users/users.service.js';
import { actorOf, type AdminAct } from '../standing/user-act.js';

/** The signed-in devices of other people, for admins and for the operator at the command line. */
@Injectable()
export class UserSessions {
  constructor(
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly endings: SessionEndings,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Newest first, without those that have ended or expired.
   * @throws UserNotFoundError
   */
  async list(id: string) {
    const user = await this.users.getUser(id);
    return this.sessions.list(user.id);
  }

  /**
   * Ends one; one that has ended already is not an error.
   * @throws UserNotFoundError, SessionNotFoundError
   */
  async end(id: string, sessionId: string, by?: AdminAct): Promise<void> {
    const { id: userId } = await this.users.getUser(id);
    await this.endings.endKnown({ id: sessionId, userId }, endingBy(by));
    this.record(userId, { sessionId }, by);
  }

  /** @throws UserNotFoundError */
  async endAll(id: string, by?: AdminAct): Promise<void> {
    const { id: userId } = await this.users.getUser(id);
    await this.endings.endAll(userId, endingBy(by));
    this.record(userId, { sessionId: null }, by);
  }

  private record(userId: string, detail: { sessionId: string | null }, by?: AdminAct): void {
    this.audit.record({ type: 'admin.sessions_ended', outcome: 'ok', userId, ...actorOf(by), detail });
  }
}

// The admin's address is on the admin's own event: the user may read this one.
function endingBy(by?: AdminAct) {
  return { reason: 'ended_by_admin', actorId: by?.caller.userId } as const;
}
