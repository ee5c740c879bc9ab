import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import type { Caller } from '../../platform/identity/caller.js';
import { LOGGER } from '../../platform/observability/logger.js';

interface Sighting {
  generation: number;
  at: number;
}

const REMEMBERED_SESSIONS = 50_000;
const WRITE_AGAIN_AFTER_MS = 60_000;
const FLUSH_AFTER_MS = 250;
const BATCH = 100;

/**
 * Notes which sessions are in use and with which generation, and writes it down in batches behind the requests: an
 * authenticated request costs no statement, a session at most one row a minute.
 */
@Injectable()
export class SessionActivity {
  private readonly seen = new LRUCache<string, Sighting>({ max: REMEMBERED_SESSIONS });
  private unwritten = new Map<string, number>();
  private timer?: NodeJS.Timeout;
  private flushing: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    database.beforeClosing(() => this.flush());
  }

  /** A request came with an access token of this session. */
  note({ sessionId, generation }: Caller): void {
    const now = this.clock.now().getTime();
    const last = this.seen.get(sessionId);
    if (last && last.generation >= generation && now - last.at < WRITE_AGAIN_AFTER_MS) return;
    const newest = Math.max(generation, last?.generation ?? 0);
    this.seen.set(sessionId, { generation: newest, at: now });
    this.unwritten.set(sessionId, newest);
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_AFTER_MS).unref();
  }

  /** The newest generation this process has seen in use; 0 when none. */
  seenGeneration(sessionId: string): number {
    return this.seen.get(sessionId)?.generation ?? 0;
  }

  /** Writes down what was noted; the next call waits for this one. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const noted = [...this.unwritten].sort(([a], [b]) => (a < b ? -1 : 1)); // one order, so that processes do not deadlock
    this.unwritten = new Map();
    this.flushing = this.flushing.then(() => this.write(noted));
    return this.flushing;
  }

  private async write(noted: [string, number][]): Promise<void> {
    for (let start = 0; start < noted.length; start += BATCH) {
      const { sql, parameters } = updateOf(noted.slice(start, start + BATCH), this.clock.now());
      await this.database.write(sql, parameters).catch((err: unknown) => {
        // Forgetting it is safe: without "seen" a lost answer is repaired for longer, never shorter.
        this.logger.warn({ err, sessions: noted.length }, 'session activity could not be written');
      });
    }
  }
}

function updateOf(batch: [string, number][], now: Date) {
  const cases = batch.map(() => 'WHEN ? THEN CASE WHEN seen_generation < ? THEN ? ELSE seen_generation END').join(' ');
  return {
    sql: `UPDATE sessions SET last_seen_at = ?, seen_generation = CASE id ${cases} ELSE seen_generation END
      WHERE id IN (${batch.map(() => '?').join(', ')})`,
    parameters: [now, ...batch.flatMap(([id, seen]) => [id, seen, seen]), ...batch.map(([id]) => id)],
  };
}
