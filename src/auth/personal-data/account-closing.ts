import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { Caller } from '../../platform/identity/caller.js';
import type { Client } from '../../platform/identity/client.js';
import { RecentLogin } from '../../sessions/recent/recent-login.js';
import { CredentialStore } from '../../users/credentials/credential-store.js';
import { OwnPasswords } from '../../users/credentials/own-passwords.js';
import { InvalidCredentialsError } from '../auth.errors.js';

/** Makes sure that it is the owner who wants an account gone. */
@Injectable()
export class AccountClosing {
  constructor(
    private readonly credentials: CredentialStore,
    private readonly passwords: OwnPasswords,
    private readonly recent: RecentLogin,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Whoever gives a password must have it right; otherwise the login must be recent.
   * @throws InvalidCredentialsError, TooManyAttemptsError, ReauthenticationRequiredError, ServiceUnavailableError,
   * UserNotFoundError
   */
  async requireProof(caller: Caller, password: string | null | undefined, client: Client): Promise<void> {
    if (typeof password !== 'string') return this.recent.require(caller);
    const credential = await this.credentials.get(caller.userId);
    if (await this.passwords.isRight(credential, password, client.ipAddress)) return;
    const { userId } = credential;
    const detail = { method: 'user' };
    this.audit.record({ type: 'user.erased', outcome: 'refused', userId, sessionId: caller.sessionId, client, detail });
    throw new InvalidCredentialsError();
  }
}
