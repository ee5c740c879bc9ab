import { Injectable } from '@nestjs/common';
import { UserBanning } from '../../auth/standing/user-banning.js';
import { UserUnlocking } from '../../auth/standing/user-unlocking.js';
import type { Ban } from '../../users/bans/user-bans.js';
import { NamedUsers } from '../../users/directory/named-users.js';
import type { UserSummary } from '../../users/user-summary.js';

/** What an operator does to users. */
@Injectable()
export class UserActs {
  constructor(
    private readonly users: NamedUsers,
    private readonly banning: UserBanning,
    private readonly unlocking: UserUnlocking,
  ) {}

  /** @throws UserNotFoundError */
  get(name: string): Promise<UserSummary> {
    return this.users.get(name);
  }

  async unlock({ id: userId }: UserSummary): Promise<void> {
    await this.unlocking.unlock({ userId });
  }

  /** @throws LastAdminError */
  async ban({ id: userId }: UserSummary, ban: Ban): Promise<void> {
    await this.banning.ban({ userId }, ban);
  }

  async unban({ id: userId }: UserSummary): Promise<void> {
    await this.banning.lift({ userId });
  }
}
