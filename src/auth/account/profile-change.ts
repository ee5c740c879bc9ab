import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { Caller } from '../../platform/identity/caller.js';
import type { Client } from '../../platform/identity/client.js';
import { type ProfileChanges, UserProfiles } from '../../users/profile/user-profiles.js';
import type { UserSummary } from '../../users/user-summary.js';
import { UsersService } from '../../users/users.service.js';
import { CredentialChanges } from './credential-changes.js';

/** Changes what people say about themselves. The e-mail address is also a name to log in with. */
@Injectable()
export class ProfileChange {
  constructor(
    private readonly users: UsersService,
    private readonly profiles: UserProfiles,
    private readonly changes: CredentialChanges,
    private readonly database: Database,
  ) {}

  /**
   * Another e-mail address needs a recent login; the rest does not.
   * @throws EmailTakenError, ReauthenticationRequiredError, LastCredentialError, UserNotFoundError
   */
  async change(caller: Caller, { email, ...rest }: ProfileChanges, client: Client): Promise<UserSummary> {
    const user = await this.users.getUser(caller.userId);
    if (email === undefined || email === user.email) await this.profiles.change(this.database, user.id, rest);
    else await this.changeWithEmail(caller, { ...rest, email }, client);
    return this.users.getUser(user.id);
  }

  private async changeWithEmail(caller: Caller, changes: ProfileChanges, client: Client): Promise<void> {
    await this.changes.apply({ caller, client, type: 'email.changed' }, async (statements, userId) => {
      await this.profiles.change(statements, userId, changes);
      return true;
    });
  }
}
