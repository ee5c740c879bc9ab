import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from '../../clock.js';
import { Database } from '../../database/database.js';
import { LOGGER } from '../../observability/logger.js';
import { deleteOld, Sweeper } from '../../retention/sweeper.js';

export const OLD_DELIVERIES = {
  table: 'webhook_deliveries',
  find: 'SELECT id FROM webhook_deliveries WHERE finished_at < ? ORDER BY finished_at LIMIT ?',
  condition: 'finished_at < ?',
};

const KEPT_MS = 30 * 24 * 3600 * 1000;

/** Forgets deliveries thirty days after they came to an end, good or bad. */
@Injectable()
export class DeliveryRetention extends Sweeper {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    super('old webhook deliveries', logger);
  }

  protected deleteBatch(limit: number): Promise<number> {
    const horizon = new Date(this.clock.now().getTime() - KEPT_MS);
    return deleteOld(this.database, OLD_DELIVERIES, horizon, limit);
  }
}
