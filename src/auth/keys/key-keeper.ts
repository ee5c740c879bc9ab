import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../../platform/observability/logger.js';
import { KeyRotation } from './key-rotation.js';

const PAUSE_MS = 60_000;

/** Looks after the signing keys once a minute, in every process. */
@Injectable()
export class KeyKeeper implements OnModuleInit, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly rotation: KeyRotation,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.tendQuietly(), PAUSE_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async tendQuietly(): Promise<void> {
    await this.rotation.tend().catch((err: unknown) => {
      if (this.timer) this.logger.warn({ err }, 'signing keys could not be looked after, will try again');
    });
  }
}
