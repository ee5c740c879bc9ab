import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { AuditLog } from '../../audit/audit-log.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { LOGGER } from '../../observability/logger.js';
import { Resealing } from './resealing.js';

const PAUSE_MS = 10 * 60_000; // by then the processes with the other secret have been replaced

/** Seals stored secrets again while a previous APP_SECRET is configured, and tells when some were. */
@Injectable()
export class ResealingSchedule implements OnModuleInit, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly resealing: Resealing,
    private readonly audit: AuditLog,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    if (this.environment.APP_SECRET_PREVIOUS.length) this.runLater();
  }

  onApplicationShutdown(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Does it now. */
  async run(): Promise<number> {
    const values = await this.resealing.run();
    if (!values) return 0;
    this.logger.info({ values }, 'stored secrets were sealed again with the APP_SECRET in use');
    this.audit.record({ type: 'secret.rotated', outcome: 'ok', detail: { values } });
    return values;
  }

  private runLater(): void {
    this.timer = setTimeout(() => void this.runQuietly(), PAUSE_MS).unref();
  }

  private async runQuietly(): Promise<void> {
    await this.run().catch((err: unknown) => {
      if (this.timer) this.logger.warn({ err }, 'stored secrets could not be sealed again, will try again');
    });
    if (this.timer) this.runLater();
  }
}
