import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from '../clock.js';
import { Database, type Statements } from '../database/database.js';
import { LOGGER } from '../observability/logger.js';
import { Sweeper } from '../retention/sweeper.js';

const ERASED = 'user.erased';
// The event that tells of the erasure stays whole: it is about the admin who did it.
const EMPTY = `UPDATE audit_events SET session_id = NULL, ip_address = NULL, user_agent = NULL, detail = NULL
  WHERE type <> '${ERASED}' AND user_id IN`;
const EMPTY_AS_ACTOR = 'UPDATE audit_events SET ip_address = NULL, user_agent = NULL WHERE actor_id IN';
export const FIND_JUST_ERASED = `SELECT user_id FROM audit_events WHERE type = '${ERASED}' AND created_at > ?
  ORDER BY created_at DESC LIMIT ?`;

/** Another process may write an event about somebody a moment after they were erased. */
const LATE_MS = 60 * 60_000;

/** Takes out of the audit trail what says more about an erased person than that something happened to their number. */
@Injectable()
export class AuditErasure extends Sweeper {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    super('late events about erased users', logger);
  }

  /** Type, outcome, time and number of the user stay. */
  async pseudonymise(statements: Statements, userIds: string[]): Promise<void> {
    const places = `(${userIds.map(() => '?').join(', ')})`;
    await statements.write(`${EMPTY} ${places}`, userIds);
    await statements.write(`${EMPTY_AS_ACTOR} ${places}`, userIds);
  }

  /** Does it again for those who were erased in the last hour. */
  protected async deleteBatch(limit: number): Promise<number> {
    const since = new Date(this.clock.now().getTime() - LATE_MS);
    const rows = await this.database.rows<{ user_id: string | number }>(FIND_JUST_ERASED, [since, limit]);
    const ids = rows.map(({ user_id: userId }) => String(userId));
    if (ids.length) await this.pseudonymise(this.database, ids);
    return 0; // one look is enough
  }
}
