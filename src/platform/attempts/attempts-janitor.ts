import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from '../clock.js';
import { LOGGER } from '../observability/logger.js';
import { DatabaseAttempts } from './database-attempts.js';

const PAUSE_MS = 60_000;
const BATCH = 200;
const BATCHES_MAX = 50; // a round: 10,000 rows a minute and process

/** Deletes counters that count for nothing any more, in small pieces behind the requests. */
@Injectable()
export class AttemptsJanitor implements OnModuleInit, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private isStopped = false;

  constructor(
    private readonly attempts: DatabaseAttempts,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.sweepLater();
  }

  onApplicationShutdown(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  /** Deletes what may be forgotten by now, up to the bound of one round. */
  async sweep(): Promise<void> {
    for (let batch = 0; batch < BATCHES_MAX && !this.isStopped; batch++)
      if ((await this.attempts.deleteForgotten(this.clock.now(), BATCH)) < BATCH) return;
  }

  private sweepLater(): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => void this.sweepQuietly().finally(() => this.sweepLater()), PAUSE_MS).unref();
  }

  private async sweepQuietly(): Promise<void> {
    await this.sweep().catch((err: unknown) => {
      if (!this.isStopped) this.logger.warn({ err }, 'old attempt counters could not be deleted, will try again');
    });
  }
}
