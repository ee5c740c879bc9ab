import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { Statements } from '../platform/database/database.js';
import type { MergePair } from '../users/merging/user-merging.js';

const COUNT = 'SELECT COUNT(*) AS n FROM sessions WHERE user_id = ?';
const MOVE = 'UPDATE sessions SET user_id = ?, updated_at = ? WHERE user_id = ?';

/** The sessions' part of a merge, inside the transaction of whoever also merges the users. */
@Injectable()
export class SessionMoving {
  constructor(private readonly clock: Clock) {}

  /** Of all sessions, those that have ended too: their history goes along. */
  async count(statements: Statements, userId: string): Promise<number> {
    const [row] = await statements.rows<{ n: string | number }>(COUNT, [userId]);
    return Number(row?.n ?? 0);
  }

  /** Nobody is signed out: the tokens name the session, and the old user id resolves to the new one. */
  async move(statements: Statements, { from, into }: MergePair): Promise<void> {
    await statements.write(MOVE, [into, this.clock.now(), from]);
  }
}
