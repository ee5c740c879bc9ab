import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from '../../platform/clock.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { Sweeper } from '../../platform/retention/sweeper.js';
import { ImportStore } from './import-store.js';

const KEPT_MS = 400 * 24 * 3600 * 1000;

/** Forgets imported lines after 400 days: nobody runs the same file again by then. */
@Injectable()
export class ImportRetention implements OnModuleInit, OnApplicationShutdown {
  private readonly sweeper: Sweeper;

  constructor(store: ImportStore, clock: Clock, @Inject(LOGGER) logger: Logger) {
    const horizon = () => new Date(clock.now().getTime() - KEPT_MS);
    this.sweeper = new Sweeper('old lines of imports', (limit) => store.forgetBefore(horizon(), limit), logger);
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
}
