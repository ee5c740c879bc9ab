import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { AttemptOutcome, AttemptPlace } from './attempt-rules.js';
import type { AttemptStore } from './attempt-store.js';
import { DatabaseAttempts } from './database-attempts.js';
import { LocalAttempts } from './local-attempts.js';
import { RedisAttempts } from './redis-attempts.js';

/** What became of an attempt: the result of its check, or how long to wait for each of its places. */
export type Counted<T> = { result: T | null; waitsMs: null } | { result: null; waitsMs: number[] };

/**
 * Counts failed attempts over all processes: in Redis where it is configured (and in this process, more strictly, while
 * it is away), otherwise in the database. A place is taken before the check is run, so that many attempts at once get no
 * more of them than the same attempts one by one.
 */
@Injectable()
export class AttemptCounters {
  constructor(
    private readonly redis: RedisAttempts,
    private readonly local: LocalAttempts,
    private readonly database: DatabaseAttempts,
    private readonly clock: Clock,
  ) {}

  /** Runs `check` if there is a place in every counter; null from it is a failure. */
  async count<T>(places: AttemptPlace[], check: () => Promise<T | null>): Promise<Counted<T>> {
    const { store, waitsMs } = await this.take(places);
    if (waitsMs.some((wait) => wait > 0)) return { result: null, waitsMs };
    try {
      const result = await check();
      await store.settle(places, result === null ? 'failed' : 'right', this.now());
      return { result, waitsMs: null };
    } catch (error) {
      await store.settle(places, 'broken', this.now()).catch(() => undefined); // its lease ends by itself
      throw error;
    }
  }

  /** Deletes the counters, whatever they say. */
  async forget(ids: Buffer[]): Promise<void> {
    await this.local.forget(ids);
    if (this.redis.isConfigured) await this.redis.forget(ids);
    else await this.database.forget(ids);
  }

  private async take(places: AttemptPlace[]): Promise<{ store: Pick<AttemptStore, 'settle'>; waitsMs: number[] }> {
    const now = this.now();
    if (!this.redis.isConfigured) return { store: this.database, waitsMs: await this.database.take(places, now) };
    const waitsMs = await this.redis.take(places, now);
    if (waitsMs) return { store: { settle: (...settling) => this.settleInRedis(...settling) }, waitsMs };
    return { store: this.local, waitsMs: await this.local.take(places, now) };
  }

  // The place stays taken in a Redis that went away meanwhile; here the outcome is not lost.
  private async settleInRedis(places: AttemptPlace[], outcome: AttemptOutcome, now: number): Promise<void> {
    if (!(await this.redis.settle(places, outcome, now))) await this.local.settle(places, outcome, now);
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
