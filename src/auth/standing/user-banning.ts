import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Database } from '../../platform/database/database.js';
import { SessionEndings } from '../../sessions/session-endings.js';
import { type Ban, UserBans } from '../../users/bans/user-bans.js';
import { ActingAdmins } from './acting-admins.js';
import { actorOf, type UserAct } from './user-act.js';

/** Keeps people out and lets them in again. */
@Injectable()
export class UserBanning {
  constructor(
    private readonly database: Database,
    private readonly bans: UserBans,
    private readonly admins: ActingAdmins,
    private readonly endings: SessionEndings,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Ends every session of the user and refuses every login and refresh until the ban is over, which it is by itself.
   * @throws OwnAccountError, ForbiddenError, LastAdminError
   */
  async ban({ userId, by }: UserAct, ban: Ban): Promise<void> {
    const actor = actorOf(by);
    await this.endings.endAllWith(userId, { reason: 'banned', actorId: actor.actorId }, async (statements) => {
      await this.admins.requireOther(statements, userId, actor.actorId);
      await this.bans.set(statements, userId, ban);
      const detail = { reason: ban.reason, until: ban.until ?? null };
      await this.audit.recordNow(statements, { type: 'user.banned', outcome: 'ok', userId, ...actor, detail });
      return true;
    });
  }

  /** Somebody who is not banned stays so. */
  async lift({ userId, by }: UserAct): Promise<void> {
    await this.database.transaction(async (statements) => {
      if (!(await this.bans.lift(statements, userId))) return;
      await this.audit.recordNow(statements, { type: 'user.unbanned', outcome: 'ok', userId, ...actorOf(by) });
    });
  }
}
