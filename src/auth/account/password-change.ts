import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { RequestInvalidError } from '../../platform/errors/request.errors.js';
import type { Statements } from '../../platform/database/database.js';
import type { Caller } from '../../platform/identity/caller.js';
import type { Client } from '../../platform/identity/client.js';
import { RecentLogin } from '../../sessions/recent/recent-login.js';
import { SessionEndings } from '../../sessions/session-endings.js';
import { type Credential, CredentialStore } from '../../users/credentials/credential-store.js';
import { OwnPasswords } from '../../users/credentials/own-passwords.js';
import { UsernameMissingError } from '../../users/users.errors.js';
import { InvalidCredentialsError } from '../auth.errors.js';

/** The password somebody wants, and the one they have. */
export interface PasswordWish {
  newPassword: string;
  /** A client may also send null for "none". */
  currentPassword?: string | null;
}

const CURRENT_MISSING = {
  field: 'currentPassword',
  code: 'isNotEmpty',
  message: { zh: '请输入当前密码', en: 'must be the current password' },
};

/** Changes the caller's password; whoever else is signed in to the account, with whatever, is signed out by it. */
@Injectable()
export class PasswordChange {
  constructor(
    private readonly credentials: CredentialStore,
    private readonly passwords: OwnPasswords,
    private readonly recent: RecentLogin,
    private readonly endings: SessionEndings,
    private readonly audit: AuditLog,
  ) {}

  /**
   * The current password proves who asks; somebody who has none yet must have logged in recently.
   * @throws RequestInvalidError, InvalidCredentialsError, TooManyAttemptsError, ReauthenticationRequiredError,
   * UsernameMissingError, PasswordTooWeakError, ServiceUnavailableError
   */
  async change(caller: Caller, { newPassword, currentPassword }: PasswordWish, client: Client): Promise<void> {
    const credential = await this.credentials.get(caller.userId);
    await this.requireProof(caller, { credential, currentPassword, client });
    const wish = { password: newPassword, username: credential.username ?? '', field: 'newPassword' };
    const passwordHash = await this.passwords.hashNew(wish);
    const ending = { reason: 'password_changed' as const, client, except: caller.sessionId };
    await this.endings.endAllWith(credential.userId, ending, async (statements) => {
      await this.write(statements, credential, passwordHash);
      await this.recent.renew(caller, statements);
      const { userId, sessionId } = { ...caller, userId: credential.userId };
      await this.audit.recordNow(statements, { type: 'password.changed', outcome: 'ok', userId, sessionId, client });
      return true;
    });
  }

  private async requireProof(
    caller: Caller,
    {
      credential,
      currentPassword,
      client,
    }: { credential: Credential; currentPassword?: string | null; client: Client },
  ): Promise<void> {
    if (credential.passwordHash === null) return this.requireFirst(caller, credential);
    if (typeof currentPassword !== 'string') throw new RequestInvalidError({ fields: [CURRENT_MISSING] });
    if (await this.passwords.isRight(credential, currentPassword, client.ipAddress)) return;
    const { userId, sessionId } = caller;
    this.audit.record({ type: 'password.changed', outcome: 'refused', userId, sessionId, client });
    throw new InvalidCredentialsError();
  }

  private async requireFirst(caller: Caller, { username }: Credential): Promise<void> {
    await this.recent.require(caller);
    if (username === null) throw new UsernameMissingError();
  }

  // Somebody was faster: the password that was right a moment ago no longer is.
  private async write(statements: Statements, credential: Credential, passwordHash: string): Promise<void> {
    if (!(await this.credentials.setPassword(statements, credential, passwordHash)))
      throw new InvalidCredentialsError();
  }
}
