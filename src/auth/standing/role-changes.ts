import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { Role } from '../../platform/identity/caller.js';
import { SessionEndings } from '../../sessions/session-endings.js';
import { UserRoles } from '../../users/roles/user-roles.js';
import { ActingAdmins } from './acting-admins.js';
import { actorOf, type UserAct } from './user-act.js';

/** Says who is an admin. */
@Injectable()
export class RoleChanges {
  constructor(
    private readonly roles: UserRoles,
    private readonly admins: ActingAdmins,
    private readonly endings: SessionEndings,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Gives the user this role. Access tokens say the old one, so every session of the user ends with it; a user who has
   * the role already keeps them.
   * @throws OwnAccountError, ForbiddenError, LastAdminError
   */
  async change({ userId, by }: UserAct, role: Role): Promise<void> {
    const actor = actorOf(by);
    await this.endings.endAllWith(userId, { reason: 'role_changed', actorId: actor.actorId }, async (statements) => {
      await this.admins.requireOther(statements, userId, actor.actorId);
      if (!(await this.roles.set(statements, userId, role))) return false;
      const detail = { role };
      await this.audit.recordNow(statements, { type: 'user.role_changed', outcome: 'ok', userId, ...actor, detail });
      return true;
    });
  }
}
