import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { survivor } from '../merging/survivor.js';
import { UserNotFoundError } from '../users.errors.js';

const FIND_ALL = `SELECT id FROM users WHERE id = ${survivor()} OR merged_into = ${survivor()}
  ORDER BY CASE WHEN merged_into IS NULL THEN 0 ELSE 1 END, id`;

/** All the numbers that stand for one person. */
@Injectable()
export class UserIds {
  constructor(private readonly database: Database) {}

  /**
   * The id the person lives on under first, then those that were merged into it.
   * @throws UserNotFoundError
   */
  async allOf(userId: string): Promise<[string, ...string[]]> {
    const rows = await this.database.rows<{ id: string | number }>(FIND_ALL, [userId, userId]);
    const [first, ...merged] = rows.map(({ id }) => String(id));
    if (first === undefined) throw new UserNotFoundError();
    return [first, ...merged];
  }
}
