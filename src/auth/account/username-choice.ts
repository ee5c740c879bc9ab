import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/identity/caller.js';
import type { Client } from '../../platform/identity/client.js';
import { CredentialStore } from '../../users/credentials/credential-store.js';
import { OwnPasswords } from '../../users/credentials/own-passwords.js';
import { UsernameAlreadySetError } from '../../users/users.errors.js';
import { CredentialChanges } from './credential-changes.js';

/** Gives somebody who came through WeChat a username and password to log in with elsewhere. */
@Injectable()
export class UsernameChoice {
  constructor(
    private readonly credentials: CredentialStore,
    private readonly passwords: OwnPasswords,
    private readonly changes: CredentialChanges,
  ) {}

  /**
   * Sets both at once, and only once.
   * @throws ReauthenticationRequiredError, UsernameAlreadySetError, UsernameTakenError, PasswordTooWeakError,
   * ServiceUnavailableError
   */
  async set(caller: Caller, wish: { username: string; password: string }, client: Client): Promise<void> {
    const id = await this.changes.requireRecent(caller);
    if ((await this.credentials.get(id)).username !== null) throw new UsernameAlreadySetError();
    const passwordHash = await this.passwords.hashNew({ ...wish, field: 'password' });
    await this.changes.apply({ caller, client, type: 'username.set' }, async (statements, userId) => {
      const isSet = await this.credentials.setUsername(statements, userId, { ...wish, passwordHash });
      if (!isSet) throw new UsernameAlreadySetError();
      return true;
    });
  }
}
