import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis as Client } from 'ioredis';
import type { Logger } from 'pino';
import { ENVIRONMENT, type Environment } from '../config/environment.js';
import { LOGGER } from '../observability/logger.js';

const COMMAND_TIMEOUT_MS = 250; // a request may wait 300 ms for Redis at most, and then does without
const CONNECT_TIMEOUT_MS = 2_000;
const RECONNECT_AT_MOST_MS = 1_000;

/**
 * The process's connections to Redis, which is optional: whoever uses it has another way when it is not configured or
 * is away. A command fails at once while the connection is down, instead of queueing.
 */
@Injectable()
export class Redis implements OnApplicationShutdown {
  /** For commands; null when REDIS_URL is not set. */
  readonly commands: Client | null;
  private readonly clients: Client[] = [];

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.commands = this.connect('commands', { commandTimeout: COMMAND_TIMEOUT_MS, maxRetriesPerRequest: 0 });
  }

  /** A connection of its own for subscriptions, which take it over; null when REDIS_URL is not set. */
  subscriber(name: string): Client | null {
    return this.connect(name, { maxRetriesPerRequest: null });
  }

  onApplicationShutdown(): void {
    for (const client of this.clients) client.disconnect();
  }

  private connect(name: string, options: { commandTimeout?: number; maxRetriesPerRequest: number | null }) {
    const { REDIS_URL: url } = this.environment;
    if (!url) return null;
    const client = new Client(url, {
      ...options,
      connectTimeout: CONNECT_TIMEOUT_MS,
      enableOfflineQueue: false,
      retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, RECONNECT_AT_MOST_MS),
    });
    this.tellOutages(client, name);
    this.clients.push(client);
    return client;
  }

  // One line when it goes away and one when it is back, not one for each attempt.
  private tellOutages(client: Client, connection: string): void {
    let isAway = false;
    client.on('error', (err: Error) => {
      if (!isAway) this.logger.warn({ err, connection }, 'Redis is away, will try again');
      isAway = true;
    });
    client.on('ready', () => {
      if (isAway) this.logger.info({ connection }, 'Redis is back');
      isAway = false;
    });
  }
}
