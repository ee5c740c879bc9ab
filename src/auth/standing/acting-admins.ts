import { Injectable } from '@nestjs/common';
import type { Statements } from '../../platform/database/database.js';
import { UserRoles } from '../../users/roles/user-roles.js';
import { ForbiddenError } from '../auth.errors.js';
import { LastAdminError, OwnAccountError } from './standing.errors.js';

/** Sees to it that there is always an admin, also when two of them act on each other at the same moment. */
@Injectable()
export class ActingAdmins {
  constructor(private readonly roles: UserRoles) {}

  /**
   * Goes on only if somebody else is, and stays, an admin: whoever acts, and is still one now. Until the transaction
   * ends nobody else changes who the admins are.
   * @param actorId absent at the command line
   * @throws OwnAccountError, ForbiddenError, LastAdminError
   */
  async requireOther(statements: Statements, userId: string, actorId?: string): Promise<void> {
    if (actorId === userId) throw new OwnAccountError();
    const admins = await this.roles.lockAdmins(statements);
    if (actorId !== undefined && !admins.includes(actorId)) throw new ForbiddenError();
    if (admins.every((id) => id === userId) && admins.length > 0) throw new LastAdminError();
  }
}
