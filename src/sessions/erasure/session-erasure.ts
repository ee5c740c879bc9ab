import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { asDate, Database, type Statements } from '../../platform/database/database.js';
import { EndedSessions } from '../live/ended-sessions.js';
import { EndingSignals } from '../live/ending-signals.js';

/** A session that is gone, and when it ended. */
export interface GoneSession {
  id: string;
  endedAt: Date;
}

const LEAVE_IDS = `INSERT INTO erased_sessions (id, ended_at)
  SELECT id, ? FROM sessions WHERE user_id = ? AND (ended_at IS NULL OR ended_at > ?)`;
const FIND_LEFT = `SELECT e.id, e.ended_at FROM sessions s JOIN erased_sessions e ON e.id = s.id WHERE s.user_id = ?`;
const DELETE_SESSIONS = 'DELETE FROM sessions WHERE user_id = ?';
export const FIND_FORGETTABLE = 'SELECT id FROM erased_sessions WHERE ended_at <= ? ORDER BY ended_at LIMIT ?';

/** The sessions' part of an erasure, inside the transaction of whoever also erases the user. */
@Injectable()
export class SessionErasure {
  constructor(
    private readonly ended: EndedSessions,
    private readonly signals: EndingSignals,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Deletes every session with its history; those whose access tokens may be alive leave their ids, and nothing else. */
  async erase(statements: Statements, userId: string): Promise<GoneSession[]> {
    const now = this.clock.now();
    await statements.write(LEAVE_IDS, [now, userId, this.forgettableAt(now)]);
    const rows = await statements.rows<{ id: string; ended_at: Date | string }>(FIND_LEFT, [userId]);
    await statements.write(DELETE_SESSIONS, [userId]);
    return rows.map(({ id, ended_at: endedAt }) => ({ id, endedAt: asDate(endedAt) }));
  }

  /** Once that is certain: this process refuses their access tokens at once, the others are told. */
  announce(sessions: GoneSession[]): void {
    for (const { id, endedAt } of sessions) this.ended.add(id, endedAt);
    if (sessions.length) this.signals.send();
  }

  /** Deletes at most `limit` ids that nobody needs any more, and says how many. */
  async forget(limit: number): Promise<number> {
    const rows = await this.database.rows<{ id: string }>(FIND_FORGETTABLE, [
      this.forgettableAt(this.clock.now()),
      limit,
    ]);
    if (!rows.length) return 0;
    const ids = rows.map(({ id }) => id);
    await this.database.write(`DELETE FROM erased_sessions WHERE id IN (${ids.map(() => '?').join(', ')})`, ids);
    return rows.length;
  }

  // What ended so long ago no process remembers, and no access token is left of.
  private forgettableAt(now: Date): Date {
    return new Date(2 * now.getTime() - this.ended.forgetsAt(now).getTime());
  }
}
