import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Database } from '../../platform/database/database.js';
import type { Caller } from '../../platform/identity/caller.js';
import type { Client } from '../../platform/identity/client.js';
import { RecentLogin } from '../../sessions/recent/recent-login.js';
import { CredentialStore } from '../../users/credentials/credential-store.js';
import { OwnPasswords } from '../../users/credentials/own-passwords.js';
import { UsernameAlreadySetError } from '../../users/users.errors.js';

/** Gives somebody who came through WeChat a username and password to log in with elsewhere. */
@Injectable()
export class UsernameChoice {
  constructor(
    private readonly credentials: CredentialStore,
    private readonly passwords: OwnPasswords,
    private readonly recent: RecentLogin,
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Sets both at once, and only once.
   * @throws ReauthenticationRequiredError, UsernameAlreadySetError, UsernameTakenError, PasswordTooWeakError,
   * ServiceUnavailableError
   */
  async set(caller: Caller, wish: { username: string; password: string }, client: Client): Promise<void> {
    await this.recent.require(caller);
    const { userId, username } = await this.credentials.get(caller.userId);
    if (username !== null) throw new UsernameAlreadySetError();
    const passwordHash = await this.passwords.hashNew({ ...wish, field: 'password' });
    await this.database.transaction(async (statements) => {
      const isSet = await this.credentials.setUsername(statements, userId, { ...wish, passwordHash });
      if (!isSet) throw new UsernameAlreadySetError();
      const { sessionId } = caller;
      await this.audit.recordNow(statements, { type: 'username.set', outcome: 'ok', userId, sessionId, client });
    });
  }
}
