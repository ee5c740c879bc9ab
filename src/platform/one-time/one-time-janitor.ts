import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../observability/logger.js';
import { OneTimeStore } from './one-time-store.js';

const PAUSE_MS = 60_000;
const BATCH = 200;
const BATCHES_MAX = 50; // a round: 10,000 rows a minute and process

/** Deletes expired one-time results, in small pieces behind the requests; it may be stopped at any moment. */
@Injectable()
export class OneTimeJanitor implements OnModuleInit, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private isStopped = false;

  constructor(
    private readonly store: OneTimeStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.sweepLater();
  }

  onApplicationShutdown(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  /** Deletes what has expired by now, up to the bound of one round. */
  async sweep(): Promise<void> {
    for (let batch = 0; batch < BATCHES_MAX && !this.isStopped; batch++)
      if ((await this.store.deleteExpired(BATCH)) < BATCH) return;
  }

  private sweepLater(): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => void this.sweepQuietly().finally(() => this.sweepLater()), PAUSE_MS).unref();
  }

  private async sweepQuietly(): Promise<void> {
    await this.sweep().catch((err: unknown) => {
      if (!this.isStopped) this.logger.warn({ err }, 'expired one-time results could not be deleted, will try again');
    });
  }
}
