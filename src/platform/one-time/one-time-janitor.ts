import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../observability/logger.js';
import { Sweeper } from '../retention/sweeper.js';
import { OneTimeStore } from './one-time-store.js';

const PAUSE_MS = 60_000;

/** Deletes expired one-time results. */
@Injectable()
export class OneTimeJanitor extends Sweeper {
  constructor(
    private readonly store: OneTimeStore,
    @Inject(LOGGER) logger: Logger,
  ) {
    super('expired one-time results', logger, PAUSE_MS);
  }

  protected deleteBatch(limit: number): Promise<number> {
    return this.store.deleteExpired(limit);
  }
}
