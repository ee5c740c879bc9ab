import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Statements } from '../../platform/database/database.js';
import type { Client } from '../../platform/identity/client.js';
import { SessionEndings } from '../session-endings.js';
import { SessionsConfig } from '../sessions.config.js';
import { type CountedSession, surplusOf } from './session-surplus.js';

// Whoever ends sessions of a user because there are too many holds this row: two of them never count the same.
export const LOCK_USER = 'UPDATE users SET updated_at = updated_at WHERE id = ?';
export const FIND_COUNTED = `SELECT id, platform FROM sessions WHERE user_id = ? AND ended_at IS NULL AND expires_at > ?
  ORDER BY last_seen_at DESC, id DESC LIMIT ?`;

const COUNTED_MAX = 1_000;

/** Ends the sessions that nobody has used for longest when a user has too many. */
@Injectable()
export class SessionLimits {
  constructor(
    private readonly database: Database,
    private readonly endings: SessionEndings,
    private readonly config: SessionsConfig,
    private readonly clock: Clock,
  ) {}

  /**
   * A session has been added. Looks once without a lock, which is all that most logins cost; when there are too many, it
   * looks again with the user locked, so that of any number of logins at once exactly as many sessions are left as may be.
   */
  async enforce({ id, userId }: { id: string; userId: string }, client: Client): Promise<void> {
    if (!(await this.findSurplus(this.database, userId, id)).length) return;
    await this.endings.endSome(userId, { reason: 'session_limit', client }, async (statements) => {
      await statements.write(LOCK_USER, [userId]);
      return (await this.findSurplus(statements, userId, id)).map((session) => session.id);
    });
  }

  private async findSurplus(statements: Statements, userId: string, opened: string): Promise<CountedSession[]> {
    const open = await statements.rows<CountedSession>(FIND_COUNTED, [userId, this.clock.now(), COUNTED_MAX]);
    return surplusOf(open, opened, this.config.maximum);
  }
}
