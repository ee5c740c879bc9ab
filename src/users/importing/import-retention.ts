import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from '../../platform/clock.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { Sweeper } from '../../platform/retention/sweeper.js';
import { ImportStore } from './import-store.js';

const KEPT_MS = 400 * 24 * 3600 * 1000;

/** Forgets imported lines after 400 days: nobody runs the same file again by then. */
@Injectable()
export class ImportRetention extends Sweeper {
  constructor(
    private readonly store: ImportStore,
    private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    super('old lines of imports', logger);
  }

  protected deleteBatch(limit: number): Promise<number> {
    return this.store.forgetBefore(new Date(this.clock.now().getTime() - KEPT_MS), limit);
  }
}
