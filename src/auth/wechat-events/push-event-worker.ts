import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../../platform/observability/logger.js';
import { WechatPush } from '../../wechat/push/wechat-push.js';
import { PushEventActs } from './push-event-acts.js';
import { type DueEvent, PushEventStore } from './push-event-store.js';

const POLL_MS = 5_000;
const POLLS_BETWEEN_CLEANINGS = 720; // an hour
const ATTEMPTS_MAX = 8;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15 * 60_000;

/**
 * Works off what WeChat has pushed: at once what this process took in, at the next poll what another one left behind.
 * A failure is tried again after a growing pause; after eight attempts a person has to look.
 */
@Injectable()
export class PushEventWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;
  private polls = 0;
  private isWoken = false;
  private isStopped = false;
  private working?: Promise<void>;

  constructor(
    private readonly store: PushEventStore,
    private readonly acts: PushEventActs,
    private readonly push: WechatPush,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** A server without message push asks its database nothing. */
  onApplicationBootstrap(): void {
    if (!this.push.isUsed) return;
    this.timer = setInterval(() => this.poll(), POLL_MS).unref();
    this.poll();
  }

  /** Lets the work in hand come to its end, while the audit trail still takes entries. */
  async onModuleDestroy(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    await this.working;
  }

  /** There is something to do. Returns at once. */
  wake(): void {
    this.isWoken = true;
    this.working ??= this.workWhileWoken().finally(() => {
      this.working = undefined;
      if (this.isWoken && !this.isStopped) this.wake();
    });
  }

  private poll(): void {
    if (this.polls++ % POLLS_BETWEEN_CLEANINGS === 0) this.clean();
    this.wake();
  }

  private clean(): void {
    this.store.forgetOld().catch((err: unknown) => this.logger.warn({ err }, 'old push events could not be deleted'));
  }

  private async workWhileWoken(): Promise<void> {
    while (this.isWoken && !this.isStopped) {
      this.isWoken = false;
      await this.workOffDue().catch((err: unknown) => {
        if (!this.isStopped) this.logger.warn({ err }, 'push events could not be read, will try again');
      });
    }
  }

  private async workOffDue(): Promise<void> {
    const due = await this.store.findDue();
    for (const event of due) {
      if (this.isStopped) return;
      await this.workOn(event);
    }
    if (due.length) this.isWoken = true; // there may be more than one batch
  }

  private async workOn(due: DueEvent): Promise<void> {
    if (due.attempts >= ATTEMPTS_MAX) return this.giveUp(due);
    const claimed = await this.store.claim(due);
    if (!claimed) return;
    try {
      await this.acts.perform(claimed);
    } catch (err) {
      await this.tryLater(claimed, err);
    }
  }

  private async tryLater(claimed: DueEvent, err: unknown): Promise<void> {
    const { id: pushEventId, appId, event, attempts } = claimed;
    if (attempts >= ATTEMPTS_MAX) return this.giveUp(claimed, err);
    this.logger.warn(
      { pushEventId, appId, event, attempts, err },
      'a push event could not be acted on, will try again',
    );
    await this.store.postpone(claimed, Math.min(FIRST_PAUSE_MS * 4 ** (attempts - 1), LONGEST_PAUSE_MS));
  }

  private async giveUp(given: DueEvent, err?: unknown): Promise<void> {
    const { id: pushEventId, appId, event, attempts } = given;
    if (!(await this.store.giveUp(given))) return;
    this.logger.error({ pushEventId, appId, event, attempts, err }, 'a push event was given up: act on it by hand');
  }
}
