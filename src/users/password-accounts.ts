import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { asDate, Database } from '../platform/database/database.js';
import { duplicateKeyOf } from '../platform/database/database-errors.js';
import { ServiceUnavailableError } from '../platform/errors/request.errors.js';
import { KeyedMutex } from './keyed-mutex.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { PasswordPolicy } from './passwords/password-policy.js';
import { USERNAME } from './username-rule.js';
import { newUser, readUser, type UserRow, type UserSummary, userColumns } from './user-summary.js';
import { EmailTakenError, UsernameTakenError } from './users.errors.js';

export interface Registration {
  username: string;
  password: string;
  email?: string;
}

export const FIND_BY_USERNAME = `SELECT u.password_hash, u.password_changed_at, ${userColumns('u')} FROM users u WHERE u.username_key = ?`;
export const FIND_BY_EMAIL = `SELECT u.password_hash, u.password_changed_at, ${userColumns('u')} FROM users u WHERE u.email = ?`;
const INSERT_USER = `INSERT INTO users (username, username_key, password_hash, password_changed_at, email, role,
  created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
const RENEW_HASH = 'UPDATE users SET password_hash = ?, updated_at = ? WHERE id = ? AND password_hash = ?';

/** What is known about a name that somebody typed. */
export interface NamedAccount {
  user: UserSummary | null;
  /** Null also for a user who has no password. */
  passwordHash: string | null;
  passwordChangedAt: Date | null;
}

type CredentialRow = UserRow & { password_hash: string | null; password_changed_at: Date | string | null };

/** People who log in with a username (or e-mail address) and a password. */
@Injectable()
export class PasswordAccounts {
  private readonly registering = new KeyedMutex();

  constructor(
    private readonly database: Database,
    private readonly hasher: PasswordHasher,
    private readonly policy: PasswordPolicy,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a user with a password. Requests for one username take turns, so that a crowd after one name costs one hash.
   * @throws PasswordTooWeakError, UsernameTakenError, EmailTakenError, ServiceUnavailableError
   */
  async register({ username, password, email }: Registration): Promise<UserSummary> {
    this.policy.require(password, username);
    return this.registering.run(username.toLowerCase(), async () => {
      if (!(await this.isUsernameAvailable(username))) throw new UsernameTakenError();
      return this.insert({ username, email, passwordHash: await this.hasher.hash(password) });
    });
  }

  /**
   * Whom a name belongs to, if anybody: the first half of a login, before a hash is computed.
   * @param username or e-mail address
   */
  async lookUp(username: string): Promise<NamedAccount> {
    const row = await this.findCredential(username);
    if (!row) return { user: null, passwordHash: null, passwordChangedAt: null };
    const { password_hash: passwordHash, password_changed_at: changedAt } = row;
    return { user: readUser(row), passwordHash, passwordChangedAt: changedAt === null ? null : asDate(changedAt) };
  }

  /**
   * The user if this is their password, or null; both answers take the same time, also where there is no such user.
   * @throws ServiceUnavailableError
   */
  async verify({ user, passwordHash }: NamedAccount, password: string): Promise<UserSummary | null> {
    const isRight = await this.hasher.verify(password, passwordHash);
    if (!user || !passwordHash || !isRight) return null;
    if (this.hasher.isOutdated(passwordHash)) await this.renewHash(user.id, passwordHash, password).catch(laterIfBusy);
    return user;
  }

  async isUsernameAvailable(username: string): Promise<boolean> {
    const rows = await this.database.rows('SELECT 1 FROM users WHERE username_key = ?', [username.toLowerCase()]);
    return rows.length === 0;
  }

  private async insert(user: { username: string; email?: string; passwordHash: string }): Promise<UserSummary> {
    const now = this.clock.now();
    const { username, passwordHash } = user;
    const email = user.email?.toLowerCase() ?? null;
    const values = [username, username.toLowerCase(), passwordHash, now, email, 'user', now, now];
    const { insertId: id } = await this.database.write(INSERT_USER, values).catch((error: unknown) => {
      throw takenError(error);
    });
    return newUser(id, now, { username, email });
  }

  private async findCredential(username: string): Promise<CredentialRow | undefined> {
    const isEmail = username.includes('@');
    // MySQL ignores spaces at the end: each of those spellings would have login attempts of its own.
    if (isEmail ? username.endsWith(' ') : !USERNAME.test(username)) return undefined;
    const sql = isEmail ? FIND_BY_EMAIL : FIND_BY_USERNAME;
    const [row] = await this.database.rows<CredentialRow>(sql, [username.toLowerCase()]);
    return row;
  }

  private async renewHash(userId: string, outdated: string, password: string): Promise<void> {
    const passwordHash = await this.hasher.hash(password);
    await this.database.write(RENEW_HASH, [passwordHash, this.clock.now(), userId, outdated]);
  }
}

// The password was right: a full queue is no reason to refuse it. The next login renews the hash.
function laterIfBusy(error: unknown): void {
  if (!(error instanceof ServiceUnavailableError)) throw error;
}

function takenError(error: unknown): unknown {
  const key = duplicateKeyOf(error);
  if (key === null) return error;
  return key.includes('email') ? new EmailTakenError() : new UsernameTakenError();
}
