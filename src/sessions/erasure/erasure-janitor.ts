import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../../platform/observability/logger.js';
import { Sweeper } from '../../platform/retention/sweeper.js';
import { SessionErasure } from './session-erasure.js';

/** Forgets the ids of erased sessions as soon as no access token of them can be alive. */
@Injectable()
export class ErasureJanitor implements OnModuleInit, OnApplicationShutdown {
  private readonly sweeper: Sweeper;

  constructor(erasure: SessionErasure, @Inject(LOGGER) logger: Logger) {
    this.sweeper = new Sweeper('ids of erased sessions', (limit) => erasure.forget(limit), logger);
  }

  onModuleInit(): void {
    this.sweeper.start();
  }

  onApplicationShutdown(): void {
    this.sweeper.stop();
  }

  /** Deletes what has had its time by now. */
  sweep(): Promise<void> {
    return this.sweeper.sweep();
  }
}
