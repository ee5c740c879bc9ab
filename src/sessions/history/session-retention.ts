import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { deleteOld, type OldRows, Sweeper } from '../../platform/retention/sweeper.js';
import { SessionsConfig } from '../sessions.config.js';

const DAY_MS = 24 * 3600 * 1000;

const oldRows = (table: string, column: string): OldRows => ({
  table,
  find: `SELECT id FROM ${table} WHERE ${column} < ? ORDER BY ${column} LIMIT ?`,
  condition: `${column} < ?`,
});

/** Events first: then a session that is deleted has none left to delete with it. One that was taken up again stays. */
export const OLD_SESSIONS: OldRows[] = [
  oldRows('session_events', 'created_at'),
  oldRows('sessions', 'ended_at'),
  oldRows('sessions', 'expires_at'),
];

/** Forgets sessions, and what happened to them, SESSION_HISTORY_DAYS after they were over. */
@Injectable()
export class SessionRetention extends Sweeper {
  constructor(
    private readonly database: Database,
    private readonly config: SessionsConfig,
    private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    super('old sessions', logger);
  }

  protected async deleteBatch(limit: number): Promise<number> {
    const before = new Date(this.clock.now().getTime() - this.config.historyDays * DAY_MS);
    let found = 0;
    for (const old of OLD_SESSIONS)
      if (found < limit) found += await deleteOld(this.database, old, before, limit - found);
    return found;
  }
}
