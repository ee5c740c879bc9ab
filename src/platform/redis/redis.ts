import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Redis as Client, type RedisOptions } from 'ioredis';
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { ENVIRONMENT, type Environment } from '../config/environment.js';
import { LOGGER } from '../observability/logger.js';

export const COMMAND_TIMEOUT_MS = 200; // a request may lose 300 ms to Redis at most, and then does without
const SLICE_MS = 50;
const SILENCE_MS = 2_000; // a connection on which something is asked and nothing comes back is given up
const CONNECT_TIMEOUT_MS = 2_000;
const RECONNECT_AT_MOST_MS = 1_000;
const FIRST_CONNECTION_MS = 1_000;
const PROBE_PAUSE_MS = 500;

const EVERY_CONNECTION: RedisOptions = {
  connectTimeout: CONNECT_TIMEOUT_MS,
  socketTimeout: SILENCE_MS,
  enableOfflineQueue: false, // or an outage would fill the memory with commands
  retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, RECONNECT_AT_MOST_MS),
};
// Nothing is sent twice: a command without an answer may have been carried out.
const COMMANDS: RedisOptions = {
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
};

/**
 * The process's connections to Redis, which is optional: whoever uses it has another way when it is not configured or
 * is away. A command fails at once while the connection is down, instead of queueing.
 */
@Injectable()
export class Redis implements OnModuleInit, OnApplicationShutdown {
  /** For commands; null when REDIS_URL is not set. A request goes through `attempt`, which never makes it wait twice. */
  readonly commands: Client | null;
  private readonly clients: Client[] = [];
  private readonly shas = new Map<string, string>();
  private isAway = false;
  private isClosing = false;
  private probe?: NodeJS.Timeout;

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.commands = this.connect('commands', COMMANDS);
  }

  /** Gives the first connection a moment; a Redis that is away does not keep the server from starting. */
  async onModuleInit(): Promise<void> {
    const { commands } = this;
    if (!commands || commands.status === 'ready') return;
    const wait = new AbortController();
    const ready = new Promise<void>((resolve) => commands.once('ready', () => resolve()));
    await Promise.race([ready, delay(FIRST_CONNECTION_MS, undefined, { signal: wait.signal }).catch(() => {})]);
    wait.abort();
  }

  /**
   * What `work` got from Redis, or null when there is none to ask. The first command that is not answered in time opens
   * the way without Redis for all, until a probe of our own is answered.
   */
  async attempt<T>(work: (client: Client) => Promise<T>): Promise<T | null> {
    const { commands } = this;
    if (commands?.status !== 'ready' || this.isAway) return null;
    try {
      return await inTime(work(commands));
    } catch (error) {
      this.goAway(error);
      return null;
    }
  }

  /** Runs a Lua script, which Redis keeps; null as from `attempt`. */
  script<Answer>(lua: string, keys: string[], parameters: (string | number)[]): Promise<Answer | null> {
    const sha = this.shaOf(lua);
    return this.attempt(async (client) => {
      try {
        return (await client.evalsha(sha, keys.length, ...keys, ...parameters)) as Answer;
      } catch (error) {
        if (!(error as Error).message.startsWith('NOSCRIPT')) throw error;
        return (await client.eval(lua, keys.length, ...keys, ...parameters)) as Answer;
      }
    });
  }

  /** A connection of its own for subscriptions, which take it over; null when REDIS_URL is not set. */
  subscriber(name: string): Client | null {
    return this.connect(name, { maxRetriesPerRequest: null });
  }

  onApplicationShutdown(): void {
    this.isClosing = true;
    clearTimeout(this.probe);
    for (const client of this.clients) client.disconnect();
  }

  private shaOf(lua: string): string {
    const sha = this.shas.get(lua) ?? createHash('sha1').update(lua).digest('hex');
    this.shas.set(lua, sha);
    return sha;
  }

  private goAway(err: unknown): void {
    if (this.isAway) return;
    this.isAway = true;
    this.logger.warn({ err }, 'a command to Redis failed, going on without it');
    this.probeLater();
  }

  private probeLater(): void {
    this.probe = setTimeout(() => void this.askAgain(), PROBE_PAUSE_MS).unref();
  }

  private async askAgain(): Promise<void> {
    try {
      if (this.commands) await inTime(this.commands.ping());
      this.isAway = false;
      this.logger.info('Redis answers again');
    } catch {
      if (this.commands?.status !== 'end') this.probeLater();
    }
  }

  private connect(name: string, options: RedisOptions): Client | null {
    const { REDIS_URL: url } = this.environment;
    if (!url) return null;
    const client = new Client(url, { ...EVERY_CONNECTION, ...options });
    this.tellOutages(client, name);
    this.clients.push(client);
    return client;
  }

  // One line when it goes away and one when it is back, not one for each attempt.
  private tellOutages(client: Client, connection: string): void {
    let isAway = false;
    let err: Error | undefined;
    client.on('error', (error: Error) => (err = error));
    client.on('close', () => {
      if (!isAway && !this.isClosing) this.logger.warn({ err, connection }, 'Redis is away, will try again');
      isAway = true;
    });
    client.on('ready', () => {
      if (isAway) this.logger.info({ connection }, 'Redis is back');
      isAway = false;
    });
  }
}

// The time is counted in slices, so that one in which this process was too busy to read an answer counts once at most.
// Otherwise whoever keeps us busy could talk us into thinking that Redis is away.
function inTime<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    let slicesLeft = COMMAND_TIMEOUT_MS / SLICE_MS;
    const wait = () => {
      if (slicesLeft-- > 0) timer = setTimeout(wait, SLICE_MS);
      else reject(new Error(`Redis did not answer within ${COMMAND_TIMEOUT_MS} ms`));
    };
    let timer: NodeJS.Timeout | undefined;
    wait();
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
