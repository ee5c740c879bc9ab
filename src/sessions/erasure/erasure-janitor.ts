import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../../platform/observability/logger.js';
import { Sweeper } from '../../platform/retention/sweeper.js';
import { SessionErasure } from './session-erasure.js';

/** Forgets the ids of erased sessions as soon as no access token of them can be alive. */
@Injectable()
export class ErasureJanitor extends Sweeper {
  constructor(
    private readonly erasure: SessionErasure,
    @Inject(LOGGER) logger: Logger,
  ) {
    super('ids of erased sessions', logger);
  }

  protected deleteBatch(limit: number): Promise<number> {
    return this.erasure.forget(limit);
  }
}
