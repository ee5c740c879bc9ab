import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { Logger } from 'pino';
import { LOGGER } from '../platform/observability/logger.js';
import { UserSessionKeys } from '../users/wechat/user-session-keys.js';
import { SessionStore } from './session-store.js';

const AFTER_MS = 250;
const AT_ONCE = 2; // WeChat allows many more; nobody waits for these
const WAITING_MAX = 1_000;
const SHUTDOWN_MS = 1_000;

/**
 * Ends a user's session_keys at WeChat once their last session has ended. It happens behind the requests, and a
 * failure harms nobody: the key that stays only decrypts its owner's own data.
 */
@Injectable()
export class SessionKeyResets implements BeforeApplicationShutdown {
  private readonly limit = pLimit(AT_ONCE);
  private waiting = new Set<string>();
  private timer?: NodeJS.Timeout;
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly store: SessionStore,
    private readonly keys: UserSessionKeys,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** A session of this user has ended; it need not have been the last. */
  resetSoon(userId: string): void {
    if (this.waiting.size >= WAITING_MAX) return;
    this.waiting.add(userId);
    this.timer ??= setTimeout(() => void this.flush(), AFTER_MS).unref();
  }

  /** Does at once what is waiting. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const userIds = [...this.waiting];
    this.waiting = new Set();
    await Promise.all(userIds.map((userId) => this.limit(() => this.run(userId))));
  }

  /** What has not begun is left undone, and WeChat is not waited for long. */
  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    this.waiting.clear();
    this.limit.clearQueue();
    await Promise.race([Promise.all(this.running), delay(SHUTDOWN_MS, undefined, { ref: false })]);
  }

  private async run(userId: string): Promise<void> {
    const reset = this.resetIfLast(userId);
    this.running.add(reset);
    await reset.finally(() => this.running.delete(reset));
  }

  private async resetIfLast(userId: string): Promise<void> {
    try {
      if (!(await this.store.hasOpen(userId))) await this.keys.resetAll(userId);
    } catch (err) {
      this.logger.warn({ userId, err }, 'the key of a WeChat session could not be ended');
    }
  }
}
