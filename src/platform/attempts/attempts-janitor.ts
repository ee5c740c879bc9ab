import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from '../clock.js';
import { LOGGER } from '../observability/logger.js';
import { Sweeper } from '../retention/sweeper.js';
import { DatabaseAttempts } from './database-attempts.js';

const PAUSE_MS = 60_000;

/** Deletes counters that count for nothing any more. */
@Injectable()
export class AttemptsJanitor extends Sweeper {
  constructor(
    private readonly attempts: DatabaseAttempts,
    private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    super('old attempt counters', logger, PAUSE_MS);
  }

  protected deleteBatch(limit: number): Promise<number> {
    return this.attempts.deleteForgotten(this.clock.now(), limit);
  }
}
