import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Statements } from '../../platform/database/database.js';
import { isDuplicateKey } from '../../platform/database/database-errors.js';
import { survivor } from '../merging/survivor.js';
import { UsernameTakenError, UserNotFoundError } from '../users.errors.js';

/** What somebody logs in with who types it. */
export interface Credential {
  /** Of the user that lives on, when the id asked for was merged away. */
  userId: string;
  username: string | null;
  /** Never log or answer it. */
  passwordHash: string | null;
}

interface CredentialRow {
  id: string | number;
  username: string | null;
  password_hash: string | null;
}

export const FIND_CREDENTIAL = `SELECT id, username, password_hash FROM users WHERE id = ${survivor()}`;
const SET_PASSWORD = `UPDATE users SET password_hash = ?, password_changed_at = ?, updated_at = ?
  WHERE id = ? AND merged_into IS NULL AND password_hash`;
const SET_USERNAME = `UPDATE users SET username = ?, username_key = ?, password_hash = ?, password_changed_at = ?,
  updated_at = ? WHERE id = ? AND merged_into IS NULL AND username_key IS NULL`;

/** Username and password of a user who is known by their id. */
@Injectable()
export class CredentialStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws UserNotFoundError */
  async get(userId: string): Promise<Credential> {
    const [row] = await this.database.rows<CredentialRow>(FIND_CREDENTIAL, [userId]);
    if (!row) throw new UserNotFoundError();
    return { userId: String(row.id), username: row.username, passwordHash: row.password_hash };
  }

  /** False when the password is no longer the one that `credential` says: of many changes at once, one wins. */
  async setPassword(
    statements: Statements,
    { userId, passwordHash: from }: Credential,
    passwordHash: string,
  ): Promise<boolean> {
    const now = this.clock.now();
    const values = [passwordHash, now, now, userId];
    const { affected } =
      from === null
        ? await statements.write(`${SET_PASSWORD} IS NULL`, values)
        : await statements.write(`${SET_PASSWORD} = ?`, [...values, from]);
    return affected === 1;
  }

  /**
   * False when the user has a username by now.
   * @throws UsernameTakenError
   */
  async setUsername(
    statements: Statements,
    userId: string,
    { username, passwordHash }: { username: string; passwordHash: string },
  ): Promise<boolean> {
    const now = this.clock.now();
    const values = [username, username.toLowerCase(), passwordHash, now, now, userId];
    const { affected } = await statements.write(SET_USERNAME, values).catch((error: unknown) => {
      throw isDuplicateKey(error) ? new UsernameTakenError({ cause: error }) : error;
    });
    return affected === 1;
  }
}
