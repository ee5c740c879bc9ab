import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from '../../platform/clock.js';
import { answeredWithin } from '../../platform/database/deadline.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { SessionStore } from '../session-store.js';
import { SessionsConfig } from '../sessions.config.js';

// Re-read at each poll: how far another process's clock may be behind, and how long its commit may take.
const OVERLAP_MS = 10_000;
const READ_WITHIN_MS = 2_000;
const SOON_MS = 20; // a burst of endings costs one read

/**
 * Remembers the sessions that ended within the life of an access token, so that each request can ask without a
 * database read. This process's own endings are known at once, those of others at the next poll, or as soon as Redis
 * says that there are some. The database is the truth: a memory that has not been read for too long says so itself.
 */
@Injectable()
export class EndedSessions implements OnModuleInit, OnApplicationShutdown {
  private readonly endedAt = new Map<string, number>();
  private readUpTo = 0;
  private timer?: NodeJS.Timeout;
  private isReading = false;
  private isAskedToRead = false;
  private isStopped = false;

  constructor(
    private readonly store: SessionStore,
    private readonly config: SessionsConfig,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Before the first request everything that still matters must be known. */
  async onModuleInit(): Promise<void> {
    await this.read();
    this.pollAfter(this.config.revocationPollMs);
  }

  onApplicationShutdown(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  has(sessionId: string): boolean {
    return this.endedAt.has(sessionId);
  }

  add(sessionId: string, endedAt: Date): void {
    this.endedAt.set(sessionId, endedAt.getTime());
  }

  /** From when on the rows of sessions that end now may be deleted: no process needs to learn of them any more. */
  forgetsAt(endedAt: Date): Date {
    return new Date(endedAt.getTime() + this.memoryMs());
  }

  /** True when a session may have ended elsewhere that this process could not learn of in time. */
  isStale(): boolean {
    return this.clock.isOutdated(this.readUpTo, this.config.revocationStaleMs);
  }

  /** Something has ended elsewhere: asks the database now instead of at the next poll. */
  readSoon(): void {
    if (this.isAskedToRead) return;
    this.isAskedToRead = true;
    if (!this.isReading) this.pollAfter(SOON_MS);
  }

  private pollAfter(milliseconds: number): void {
    clearTimeout(this.timer);
    if (!this.isStopped) this.timer = setTimeout(() => void this.poll(), milliseconds).unref();
  }

  private async poll(): Promise<void> {
    this.isReading = true;
    this.isAskedToRead = false;
    await this.readQuietly();
    this.isReading = false;
    this.pollAfter(this.isAskedToRead ? SOON_MS : this.config.revocationPollMs);
  }

  private async readQuietly(): Promise<void> {
    try {
      await this.read();
      this.forgetOld();
    } catch (err) {
      if (!this.isStopped) this.logger.warn({ err }, 'ended sessions could not be read, will try again');
    }
  }

  // From where the last read that succeeded left off: none is missed because the database was away for a while.
  private async read(): Promise<void> {
    const now = this.clock.now().getTime();
    const since = Math.max(this.readUpTo - OVERLAP_MS, now - this.memoryMs());
    const ended = await answeredWithin(READ_WITHIN_MS, this.store.findEndedSince(new Date(since)));
    for (const { id, endedAt } of ended) this.add(id, endedAt);
    this.readUpTo = now;
  }

  // A Map keeps the order of insertion, which is close enough to the order of ending.
  private forgetOld(): void {
    const horizon = this.clock.now().getTime() - this.memoryMs();
    for (const [id, endedAt] of this.endedAt) {
      if (endedAt >= horizon) return;
      this.endedAt.delete(id);
    }
  }

  private memoryMs(): number {
    return this.config.accessTokenMaxSeconds * 1000 + OVERLAP_MS;
  }
}
