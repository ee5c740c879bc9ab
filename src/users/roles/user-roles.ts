import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { Statements } from '../../platform/database/database.js';
import type { Role } from '../../platform/identity/caller.js';

// Whoever changes who is an admin holds these rows first: two such changes never look at the same state.
export const LOCK_ADMINS = "UPDATE users SET updated_at = ? WHERE role = 'admin' AND merged_into IS NULL";
export const FIND_ADMINS = `SELECT id FROM users WHERE role = 'admin' AND merged_into IS NULL
  AND (banned_until IS NULL OR banned_until <= ?)`;
const SET_ROLE = 'UPDATE users SET role = ?, updated_at = ? WHERE id = ? AND role <> ?';

/** Who may do what. Everything here happens inside the transaction of whoever asks. */
@Injectable()
export class UserRoles {
  constructor(private readonly clock: Clock) {}

  /** The ids of all admins who are not banned; until the transaction ends nobody else changes who they are. */
  async lockAdmins(statements: Statements): Promise<string[]> {
    const now = this.clock.now();
    await statements.write(LOCK_ADMINS, [now]);
    const rows = await statements.rows<{ id: string | number }>(FIND_ADMINS, [now]);
    return rows.map(({ id }) => String(id));
  }

  /** False when they had the role already. */
  async set(statements: Statements, userId: string, role: Role): Promise<boolean> {
    return (await statements.write(SET_ROLE, [role, this.clock.now(), userId, role])).affected === 1;
  }
}
