import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { isSchemaCurrent } from '../database/schema-state.js';
import { ServiceUnavailableError } from '../errors/request.errors.js';

const CHECK_DEADLINE_MS = 2_000;

/** Knows whether this process should get traffic. */
@Injectable()
export class HealthService implements BeforeApplicationShutdown {
  private isStopping = false;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @throws ServiceUnavailableError while stopping, or when the database is away or has an old schema */
  async requireReady(): Promise<void> {
    if (this.isStopping) throw new ServiceUnavailableError({ cause: new Error('shutting down') });
    const isCurrent = await Promise.race([this.askDatabase(), delay(CHECK_DEADLINE_MS, false, { ref: false })]);
    if (!isCurrent) throw new ServiceUnavailableError({ cause: new Error('database away or schema outdated') });
  }

  beforeApplicationShutdown(): void {
    this.isStopping = true;
  }

  private askDatabase(): Promise<boolean> {
    return isSchemaCurrent(this.dataSource).catch(() => false);
  }
}
