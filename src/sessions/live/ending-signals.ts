import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Redis as Client } from 'ioredis';
import type { Logger } from 'pino';
import { LOGGER } from '../../platform/observability/logger.js';
import { Redis } from '../../platform/redis/redis.js';
import { EndedSessions } from './ended-sessions.js';

const CHANNEL = 'wx-login:sessions-ended';

/**
 * Tells the other processes through Redis, where there is one, that sessions have ended. A message says nothing more:
 * whoever gets it asks the database, so that one that was lost costs half a second and one that was forged nothing.
 */
@Injectable()
export class EndingSignals implements OnModuleInit {
  private isSending = false;

  constructor(
    private readonly redis: Redis,
    private readonly ended: EndedSessions,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    const client = this.redis.subscriber('ended sessions');
    client?.on('message', () => this.ended.readSoon());
    client?.on('ready', () => void this.listen(client));
  }

  /** Sessions have ended here; those that end in the same moment are told together. */
  send(): void {
    if (this.isSending) return;
    this.isSending = true;
    setImmediate(() => {
      this.isSending = false;
      void this.redis.attempt((client) => client.publish(CHANNEL, ''));
    });
  }

  // Also after Redis was away; what was said meanwhile, polling has found.
  private async listen(client: Client): Promise<void> {
    try {
      await client.subscribe(CHANNEL);
    } catch (err) {
      this.logger.warn({ err }, 'Redis does not say which sessions end, the database is polled');
    }
  }
}
