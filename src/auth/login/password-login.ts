import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { AppError } from '../../platform/errors/app-error.js';
import type { IssuedSession } from '../../sessions/refresh/issued-session.js';
import type { Device } from '../../sessions/refresh/session-opening.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import { PasswordAccounts, type Registration } from '../../users/password-accounts.js';
import { PasswordAttempts } from '../../users/passwords/password-attempts.js';
import type { UserSummary } from '../../users/user-summary.js';
import { UserNotFoundError } from '../../users/users.errors.js';
import { InvalidCredentialsError } from '../auth.errors.js';
import type { LoginResult, Origin } from './login-result.js';

const NOBODY = '0'; // no user has this id

/** What somebody types who says who they are. */
export interface Credentials {
  /** Username or e-mail address. */
  username: string;
  password: string;
}

/** Somebody whose password was right, and since when it has been theirs. */
interface Proven {
  user: UserSummary;
  passwordChangedAt: Date | null;
}

/** Registering and logging in with a password. */
@Injectable()
export class PasswordLogin {
  constructor(
    private readonly users: PasswordAccounts,
    private readonly sessions: SessionsService,
    private readonly attempts: PasswordAttempts,
    private readonly audit: AuditLog,
  ) {}

  async register(registration: Registration, { client, device }: Origin): Promise<LoginResult> {
    const user = await this.users.register(registration);
    const session = await this.sessions.open(user, { method: 'register', client, device, isNewUser: true });
    this.audit.record({ type: 'register', outcome: 'ok', userId: user.id, sessionId: session.id, client });
    return { session, isNewUser: true };
  }

  /** A wrong password and an unknown user get the same answer after the same time. */
  async login(credentials: Credentials, origin: Origin): Promise<LoginResult> {
    const proven = await this.prove(credentials, origin);
    const { client } = origin;
    const detail = { method: 'password' };
    if (!proven) {
      this.audit.record({ type: 'login', outcome: 'refused', client, detail });
      throw new InvalidCredentialsError();
    }
    const session = await this.open(proven, origin);
    this.audit.record({ type: 'login', outcome: 'ok', userId: proven.user.id, sessionId: session.id, client, detail });
    return { session, isNewUser: false };
  }

  isUsernameAvailable(username: string): Promise<boolean> {
    return this.users.isUsernameAvailable(username);
  }

  // The password was right: who is kept out for another reason is known, and may be told.
  private async open({ user, passwordChangedAt }: Proven, { client, device }: Origin): Promise<IssuedSession> {
    try {
      return await this.sessions.open(user, { method: 'password', client, device, passwordChangedAt });
    } catch (error) {
      const reason = error instanceof AppError ? error.type.code : 'internal';
      const detail = { method: 'password', reason };
      this.audit.record({ type: 'login', outcome: 'refused', userId: user.id, client, detail });
      throw error instanceof UserNotFoundError ? new InvalidCredentialsError() : error; // no longer right
    }
  }

  // Every name costs the same: one look-up, one place in the counters, one hash.
  private async prove({ username, password }: Credentials, { client, device }: Origin): Promise<Proven | null> {
    const account = await this.users.lookUp(username);
    const target = {
      account: account.user ? { userId: account.user.id } : { unknownName: username },
      ipAddress: client.ipAddress,
      isKnownDevice: () => this.isKnownDevice(account.user, device),
    };
    const user = await this.attempts.count(target, () => this.users.verify(account, password));
    return user && { user, passwordChangedAt: account.passwordChangedAt };
  }

  private async isKnownDevice(user: UserSummary | null, device?: Device): Promise<boolean> {
    if (!device?.id) return false;
    return this.sessions.knowsDevice(user?.id ?? NOBODY, device.id); // also of nobody: it takes its time
  }
}
