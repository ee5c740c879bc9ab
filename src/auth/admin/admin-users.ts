import { Injectable } from '@nestjs/common';
import type { Role } from '../../platform/identity/caller.js';
import type { Ban } from '../../users/bans/user-bans.js';
import { UsersService } from '../../users/users.service.js';
import { RoleChanges } from '../standing/role-changes.js';
import type { AdminAct } from '../standing/user-act.js';
import { UserBanning } from '../standing/user-banning.js';
import { UserUnlocking } from '../standing/user-unlocking.js';

/**
 * What admins do to users: an id that was merged away names the survivor. Every method throws UserNotFoundError when
 * there is none.
 */
@Injectable()
export class AdminUsers {
  constructor(
    private readonly users: UsersService,
    private readonly banning: UserBanning,
    private readonly roles: RoleChanges,
    private readonly unlocking: UserUnlocking,
  ) {}

  /** @throws OwnAccountError, LastAdminError */
  async ban(id: string, ban: Ban, by: AdminAct): Promise<void> {
    await this.banning.ban({ userId: await this.resolve(id), by }, ban);
  }

  async liftBan(id: string, by: AdminAct): Promise<void> {
    await this.banning.lift({ userId: await this.resolve(id), by });
  }

  /** @throws OwnAccountError, LastAdminError */
  async changeRole(id: string, role: Role, by: AdminAct): Promise<void> {
    await this.roles.change({ userId: await this.resolve(id), by }, role);
  }

  async unlock(id: string, by: AdminAct): Promise<void> {
    await this.unlocking.unlock({ userId: await this.resolve(id), by });
  }

  private async resolve(id: string): Promise<string> {
    return (await this.users.getUser(id)).id;
  }
}
