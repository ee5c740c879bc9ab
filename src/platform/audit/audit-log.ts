import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from '../clock.js';
import { PROCESS_ROLE, type ProcessRole } from '../config/process-role.js';
import { Database, type Statements } from '../database/database.js';
import type { Client } from '../identity/client.js';
import { LOGGER } from '../observability/logger.js';
import type { AuditEvent } from './audit-event.entity.js';
import type { AuditType } from './audit-types.js';

/** What is told about one event. */
export interface AuditEntry {
  type: AuditType;
  outcome: 'ok' | 'refused';
  userId?: string;
  /** The admin who did it to that user. */
  actorId?: string;
  sessionId?: string;
  client?: Client;
  detail?: Record<string, unknown>;
}

/** An event as its followers see it. */
export type WrittenEvent = Omit<AuditEvent, 'id'>;

/** Is told of events in the transaction that writes them, and may write there too. */
export type AuditFollower = (statements: Statements, events: WrittenEvent[]) => Promise<void>;

const COLUMNS = 'user_id, actor_id, session_id, type, outcome, ip_address, user_agent, detail, created_at';
const PLACES = '(?, ?, ?, ?, ?, ?, ?, ?, ?)';

const FLUSH_AFTER_MS = 1_000;
const BATCH = 200;
const KEPT_MAX = 10_000; // rows kept in memory while the database is away

/**
 * Writes the audit trail behind the requests, in batches: a login costs no statement for it. A killed process loses at
 * most its last second; what must not be lost (that a session ended, and why) is on the session's own row, or
 * written with `recordNow`.
 */
@Injectable()
export class AuditLog {
  private readonly followers: AuditFollower[] = [];
  private waiting: WrittenEvent[] = [];
  private timer?: NodeJS.Timeout;
  private flushing: Promise<void> = Promise.resolve();

  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly clock: Clock,
    private readonly database: Database,
    @Inject(PROCESS_ROLE) private readonly role: ProcessRole,
  ) {
    database.beforeClosing(() => this.flush());
  }

  record(entry: AuditEntry): void {
    this.waiting.push(this.eventOf(entry));
    this.flushSoon();
  }

  /** Writes what must not be lost, in the transaction of what it tells. */
  async recordNow(statements: Statements, entry: AuditEntry): Promise<void> {
    await this.write(statements, [this.eventOf(entry)]);
  }

  /** From now on `follower` is told of every event. */
  follow(follower: AuditFollower): void {
    this.followers.push(follower);
  }

  /** Writes down what is waiting; the next call waits for this one. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.flushing = this.flushing.then(() => this.writeWaiting());
    return this.flushing;
  }

  private eventOf({ type, outcome, userId, actorId, sessionId, client, detail }: AuditEntry): WrittenEvent {
    return {
      type,
      outcome,
      userId: userId ?? null,
      actorId: actorId ?? null,
      sessionId: sessionId ?? null,
      ipAddress: client?.ipAddress ?? null,
      userAgent: client?.userAgent ?? null,
      detail: this.role === 'cli' ? { actor: 'cli', ...detail } : (detail ?? null),
      createdAt: this.clock.now(),
    };
  }

  private async write(statements: Statements, events: WrittenEvent[]): Promise<void> {
    const sql = `INSERT INTO audit_events (${COLUMNS}) VALUES ${events.map(() => PLACES).join(', ')}`;
    await statements.write(sql, events.flatMap(valuesOf));
    for (const follower of this.followers) await follower(statements, events);
  }

  private async writeWaiting(): Promise<void> {
    while (this.waiting.length) {
      const batch = this.waiting.slice(0, BATCH);
      try {
        await this.database.transaction((statements) => this.write(statements, batch));
        this.waiting.splice(0, batch.length);
      } catch (err) {
        return this.keepForLater(err);
      }
    }
  }

  private keepForLater(err: unknown): void {
    const lost = this.waiting.splice(0, Math.max(0, this.waiting.length - KEPT_MAX)).length;
    this.logger.warn({ err, waiting: this.waiting.length, lost }, 'audit events could not be written, will try again');
    this.flushSoon();
  }

  private flushSoon(): void {
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_AFTER_MS).unref();
  }
}

function valuesOf(event: WrittenEvent): unknown[] {
  const { userId, actorId, sessionId, type, outcome, ipAddress, userAgent, detail, createdAt } = event;
  const text = detail && JSON.stringify(detail);
  return [userId, actorId, sessionId, type, outcome, ipAddress, userAgent, text, createdAt];
}
