import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Database } from '../database/database.js';

const PAUSE_MS = 10 * 60_000;
const BATCH = 500;
const BATCHES_MAX = 100; // a round: 50,000 rows

/** Deletes what has had its time, again and again, in small pieces behind the requests; it may be stopped at any moment. */
export abstract class Sweeper implements OnModuleInit, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private isStopped = false;

  /**
   * @param what is deleted, for the log
   * @param pauseMs between two rounds, give or take a half, so that processes do not go for the same rows
   */
  constructor(
    private readonly what: string,
    private readonly logger: Logger,
    private readonly pauseMs = PAUSE_MS,
  ) {}

  onModuleInit(): void {
    this.sweepLater();
  }

  onApplicationShutdown(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  /** Deletes what has had its time by now, up to the bound of one round. */
  async sweep(): Promise<void> {
    for (let batch = 0; batch < BATCHES_MAX && !this.isStopped; batch++)
      if ((await this.deleteBatch(BATCH)) < BATCH) return;
  }

  /** Deletes at most `limit` rows and says how many it found; fewer than `limit` end the round. */
  protected abstract deleteBatch(limit: number): Promise<number>;

  private sweepLater(): void {
    if (this.isStopped) return;
    const pause = this.pauseMs * (0.5 + Math.random());
    this.timer = setTimeout(() => void this.sweepQuietly().finally(() => this.sweepLater()), pause).unref();
  }

  private async sweepQuietly(): Promise<void> {
    await this.sweep().catch((err: unknown) => {
      if (!this.isStopped) this.logger.warn({ err }, `${this.what} could not be deleted, will try again`);
    });
  }
}

/** What is old: `find` names ids by time and LIMIT, `condition` must still hold when they are deleted. */
export interface OldRows {
  table: string;
  find: string;
  condition: string;
}

/**
 * Deletes rows by their ids and says how many were found. They are looked for without locks: a locked range of an index
 * would also hold up whoever inserts beside it.
 */
export async function deleteOld(
  database: Database,
  { table, find, condition }: OldRows,
  before: Date,
  limit: number,
): Promise<number> {
  const rows = await database.rows<{ id: unknown }>(find, [before, limit]);
  if (!rows.length) return 0;
  const ids = rows.map(({ id }) => id);
  const places = ids.map(() => '?').join(', ');
  await database.write(`DELETE FROM ${table} WHERE id IN (${places}) AND ${condition}`, [...ids, before]);
  return rows.length;
}
