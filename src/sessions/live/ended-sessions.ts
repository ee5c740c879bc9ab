import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from '../../platform/clock.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { SessionStore } from '../session-store.js';
import { SessionsConfig } from '../sessions.config.js';

// Re-read at each poll: how far another process's clock may be behind, and how long its commit may take.
const OVERLAP_MS = 10_000;

/**
 * Remembers the sessions that ended within the life of an access token, so that each request can ask without a
 * database read. This process's own endings are known at once, those of others at the next poll.
 */
@Injectable()
export class EndedSessions implements OnModuleInit, OnApplicationShutdown {
  private readonly endedAt = new Map<string, number>();
  private readUpTo = 0;
  private timer?: NodeJS.Timeout;
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
    this.pollLater();
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

  private pollLater(): void {
    if (this.isStopped) return;
    this.timer = setTimeout(
      () => void this.poll().finally(() => this.pollLater()),
      this.config.revocationPollMs,
    ).unref();
  }

  private async poll(): Promise<void> {
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
    for (const { id, endedAt } of await this.store.findEndedSince(new Date(since))) this.add(id, endedAt);
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
