import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import type { Logger } from 'pino';
import { LOGGER } from '../platform/observability/logger.js';
import { UserSessionKeys } from '../users/wechat/user-session-keys.js';
import { SessionStore } from './session-store.js';

const AT_ONCE = 2; // WeChat allows many more; nobody waits for these
const WAITING_MAX = 1_000;

/**
 * Ends a user's session_keys at WeChat once their last session has ended. It happens behind the request, at most once
 * for each ending, and a failure harms nobody: the key that stays only decrypts its owner's own data.
 */
@Injectable()
export class SessionKeyResets implements BeforeApplicationShutdown {
  private readonly limit = pLimit(AT_ONCE);
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly store: SessionStore,
    private readonly keys: UserSessionKeys,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** A session of this user has ended; it need not have been the last. */
  resetSoon(userId: string): void {
    if (this.underWay.size >= WAITING_MAX) return;
    const reset = this.limit(() => this.resetIfLast(userId));
    this.underWay.add(reset);
    void reset.finally(() => this.underWay.delete(reset));
  }

  /** Waits for what was begun or is waiting. */
  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.settled();
  }

  private async resetIfLast(userId: string): Promise<void> {
    try {
      if (!(await this.store.hasOpen(userId))) await this.keys.resetAll(userId);
    } catch (err) {
      this.logger.warn({ userId, err }, 'a session_key could not be ended at WeChat');
    }
  }
}
