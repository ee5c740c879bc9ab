import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../observability/logger.js';
import { Sweeper } from '../retention/sweeper.js';
import { OneTimeStore } from './one-time-store.js';

const PAUSE_MS = 60_000;

/** Deletes expired one-time results. */
@Injectable()
export class OneTimeJanitor implements OnModuleInit, OnApplicationShutdown {
  private readonly sweeper: Sweeper;

  constructor(store: OneTimeStore, @Inject(LOGGER) logger: Logger) {
    this.sweeper = new Sweeper('expired one-time results', (limit) => store.deleteExpired(limit), logger, PAUSE_MS);
  }

  onModuleInit(): void {
    this.sweeper.start();
  }

  onApplicationShutdown(): void {
    this.sweeper.stop();
  }

  /** Deletes what has expired by now, up to the bound of one round. */
  sweep(): Promise<void> {
    return this.sweeper.sweep();
  }
}
