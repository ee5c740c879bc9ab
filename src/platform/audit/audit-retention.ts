import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
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
export class AuditRetention implements OnModuleInit, OnApplicationShutdown {
  private readonly sweeper: Sweeper;

  constructor(
    private readonly database: Database,
    private readonly config: AuditConfig,
    private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.sweeper = new Sweeper('old audit events', (limit) => this.deleteBatch(limit), logger);
  }

  onModuleInit(): void {
    this.sweeper.start();
  }

  onApplicationShutdown(): void {
    this.sweeper.stop();
  }

  /** Deletes what has had its time by now, up to the bound of one round. */
  sweep(): Promise<void> {
    return this.sweeper.sweep();
  }

  private deleteBatch(limit: number): Promise<number> {
    const horizon = new Date(this.clock.now().getTime() - this.config.retentionDays * DAY_MS);
    return deleteOld(this.database, OLD_EVENTS, horizon, limit);
  }
}
