import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { AppError } from '../../platform/errors/app-error.js';
import type { IssuedSession } from '../../sessions/refresh/issued-session.js';
import type { Device } from '../../sessions/refresh/session-opening.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import { PasswordAccounts, type Registration } from '../../users/password-accounts.js';
import type { UserSummary } from '../../users/user-summary.js';
import { InvalidCredentialsError } from '../auth.errors.js';
import { LoginAttempts } from './login-attempts.js';
import type { LoginResult, Origin } from './login-result.js';

/** What somebody types who says who they are. */
export interface Credentials {
  /** Username or e-mail address. */
  username: string;
  password: string;
}

/** Registering and logging in with a password. */
@Injectable()
export class PasswordLogin {
  constructor(
    private readonly users: PasswordAccounts,
    private readonly sessions: SessionsService,
    private readonly attempts: LoginAttempts,
    private readonly audit: AuditLog,
  ) {}

  async register(registration: Registration, { client, device }: Origin): Promise<LoginResult> {
    const user = await this.users.register(registration);
    const session = await this.sessions.open(user, { method: 'register', client, device });
    this.audit.record({ type: 'register', outcome: 'ok', userId: user.id, sessionId: session.id, client });
    return { session, isNewUser: true };
  }

  /** A wrong password and an unknown user get the same answer after the same time. */
  async login(credentials: Credentials, origin: Origin): Promise<LoginResult> {
    const user = await this.findUser(credentials, origin);
    const { client } = origin;
    const detail = { method: 'password' };
    if (!user) {
      this.audit.record({ type: 'login', outcome: 'refused', client, detail });
      throw new InvalidCredentialsError();
    }
    const session = await this.open(user, origin);
    this.audit.record({ type: 'login', outcome: 'ok', userId: user.id, sessionId: session.id, client, detail });
    return { session, isNewUser: false };
  }

  isUsernameAvailable(username: string): Promise<boolean> {
    return this.users.isUsernameAvailable(username);
  }

  // The password was right: who is kept out for another reason is known, and may be told.
  private async open(user: UserSummary, { client, device }: Origin): Promise<IssuedSession> {
    try {
      return await this.sessions.open(user, { method: 'password', client, device });
    } catch (error) {
      const reason = error instanceof AppError ? error.type.code : 'internal';
      const detail = { method: 'password', reason };
      this.audit.record({ type: 'login', outcome: 'refused', userId: user.id, client, detail });
      throw error;
    }
  }

  private async findUser({ username, password }: Credentials, { client, device }: Origin) {
    const account = await this.accountToCount(username, device);
    const target = { account, ipAddress: client.ipAddress };
    return this.attempts.count(target, () => this.users.findByPassword(username, password));
  }

  // While somebody guesses at an account, the devices of its owner have counters of their own.
  private async accountToCount(username: string, device?: Device): Promise<string> {
    const account = username.toLowerCase();
    if (!device?.id || !this.attempts.isBlocked(account)) return account;
    const user: UserSummary | null = await this.users.findByUsername(username);
    const isKnown = user !== null && (await this.sessions.knowsDevice(user.id, device.id));
    // No account as typed holds a NUL, and MySQL finds a device also with spaces at its end.
    return isKnown ? `${account}\0${device.id.trimEnd()}` : account;
  }
}
