import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from '../clock.js';
import { LOGGER } from '../observability/logger.js';
import { Sweeper } from '../retention/sweeper.js';
import { DatabaseAttempts } from './database-attempts.js';

const PAUSE_MS = 60_000;

/** Deletes counters that count for nothing any more. */
@Injectable()
export class AttemptsJanitor implements OnModuleInit, OnApplicationShutdown {
  private readonly sweeper: Sweeper;

  constructor(attempts: DatabaseAttempts, clock: Clock, @Inject(LOGGER) logger: Logger) {
    const deleteBatch = (limit: number) => attempts.deleteForgotten(clock.now(), limit);
    this.sweeper = new Sweeper('old attempt counters', deleteBatch, logger, PAUSE_MS);
  }

  onModuleInit(): void {
    this.sweeper.start();
  }

  onApplicationShutdown(): void {
    this.sweeper.stop();
  }

  /** Deletes what may be forgotten by now, up to the bound of one round. */
  sweep(): Promise<void> {
    return this.sweeper.sweep();
  }
}
