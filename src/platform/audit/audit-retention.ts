import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { LOGGER } from '../observability/logger.js';
import { deleteOld, Sweeper } from '../retention/sweeper.js';
import { AuditConfig } from './audit.config.js';

export const OLD_EVENTS = {
  table: 'audit_events',
  find: 'SELECT id FROM audit_events WHERE created_at < ? ORDER BY created_at LIMIT ?',
  condition: 'created_at < ?',
};

const DAY_MS = 24 * 3600 * 1000;

/** Lets the audit trail forget what is older than AUDIT_RETENTION_DAYS. */
@Injectable()
export class AuditRetention extends Sweeper {
  constructor(
    private readonly database: Database,
    private readonly config: AuditConfig,
    private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    super('old audit events', logger);
  }

  protected deleteBatch(limit: number): Promise<number> {
    const horizon = new Date(this.clock.now().getTime() - this.config.retentionDays * DAY_MS);
    return deleteOld(this.database, OLD_EVENTS, horizon, limit);
  }
}
