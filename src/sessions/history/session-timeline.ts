import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '../../platform/database/database.js';
import { LOGGER } from '../../platform/observability/logger.js';
import type { SessionEventType } from './session-event.entity.js';

/** What is told about one event. */
export interface NotedEvent {
  sessionId: string;
  type: SessionEventType;
  reason?: string;
  ipAddress?: string;
  at: Date;
}

const FLUSH_AFTER_MS = 1_000;
const BATCH = 100;
const KEPT_MAX = 10_000; // events kept in memory while the database is away

// A session that has been deleted meanwhile has no events any more: they must not fail those of others.
const ONE = 'SELECT s.id, ?, ?, ?, ? FROM sessions s WHERE s.id = ?';
const insertOf = (count: number): string =>
  `INSERT INTO session_events (session_id, type, reason, ip_address, created_at) ${Array(count).fill(ONE).join(' UNION ALL ')}`;

/**
 * Notes what happens to sessions and writes it down in batches behind the requests: a login or a refresh costs no
 * statement for it. A killed process loses at most its last second; that a session ended, and why, is on its own row.
 */
@Injectable()
export class SessionTimeline {
  private waiting: NotedEvent[] = [];
  private timer?: NodeJS.Timeout;
  private flushing: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    database.beforeClosing(() => this.flush());
  }

  note(event: NotedEvent): void {
    this.waiting.push(event);
    this.flushSoon();
  }

  /** Writes down what was noted; the next call waits for this one. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.flushing = this.flushing.then(() => this.writeWaiting());
    return this.flushing;
  }

  private async writeWaiting(): Promise<void> {
    while (this.waiting.length) {
      const batch = this.waiting.slice(0, BATCH);
      try {
        await this.write(batch);
        this.waiting.splice(0, batch.length);
      } catch (err) {
        return this.keepForLater(err);
      }
    }
  }

  // In one order, so that processes do not deadlock; the events of one session stay in theirs.
  private async write(batch: NotedEvent[]): Promise<void> {
    const sorted = batch.toSorted((a, b) => (a.sessionId < b.sessionId ? -1 : Number(a.sessionId > b.sessionId)));
    await this.database.write(insertOf(sorted.length), sorted.flatMap(valuesOf));
  }

  private keepForLater(err: unknown): void {
    const lost = this.waiting.splice(0, Math.max(0, this.waiting.length - KEPT_MAX)).length;
    this.logger.warn(
      { err, waiting: this.waiting.length, lost },
      'session events could not be written, will try again',
    );
    this.flushSoon();
  }

  private flushSoon(): void {
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_AFTER_MS).unref();
  }
}

function valuesOf({ sessionId, type, reason, ipAddress, at }: NotedEvent): unknown[] {
  return [type, reason ?? null, ipAddress ?? null, at, sessionId];
}
