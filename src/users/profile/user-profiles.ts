import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { Statements } from '../../platform/database/database.js';
import { isDuplicateKey } from '../../platform/database/database-errors.js';
import { EmailTakenError } from '../users.errors.js';

/** What people say about themselves: null removes it, undefined leaves it as it is. */
export interface ProfileChanges {
  nickname?: string | null;
  avatarUrl?: string | null;
  /** In lower case. */
  email?: string | null;
}

const COLUMNS: Record<keyof ProfileChanges, string> = { nickname: 'nickname', avatarUrl: 'avatar_url', email: 'email' };

/** Writes what people say about themselves. */
@Injectable()
export class UserProfiles {
  constructor(private readonly clock: Clock) {}

  /** @throws EmailTakenError */
  async change(statements: Statements, userId: string, changes: ProfileChanges): Promise<void> {
    const fields = Object.keys(COLUMNS) as (keyof ProfileChanges)[];
    const given = fields.filter((field) => changes[field] !== undefined);
    if (!given.length) return;
    const assignments = given.map((field) => `${COLUMNS[field]} = ?`).join(', ');
    const values = [...given.map((field) => changes[field]), this.clock.now(), userId];
    await statements
      .write(`UPDATE users SET ${assignments}, updated_at = ? WHERE id = ?`, values)
      .catch((error: unknown) => {
        throw isDuplicateKey(error) ? new EmailTakenError({ cause: error }) : error;
      });
  }
}
