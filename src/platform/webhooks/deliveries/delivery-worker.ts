import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../../observability/logger.js';
import { DeliveryAttempts } from './delivery-attempts.js';
import { DeliveryLane } from './delivery-lane.js';
import { WebhooksConfig } from '../webhooks.config.js';
import { WebhookStore } from '../webhook-store.js';

const SOON_MS = 20; // the transaction that made it due has to be committed first
const STOP_WITHIN_MS = 2_000;

/**
 * Sends what is in the outbox: soon what this process put there, at the next poll what is due again or what another
 * process left behind.
 */
@Injectable()
export class DeliveryWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly lanes = new Map<string, DeliveryLane>();
  private readonly resting = new Set<Promise<void>>();
  private poll?: NodeJS.Timeout;
  private soon?: NodeJS.Timeout;
  private isStopped = false;

  constructor(
    private readonly webhooks: WebhookStore,
    private readonly attempts: DeliveryAttempts,
    private readonly config: WebhooksConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.poll = setInterval(() => void this.work(), this.config.pollMs).unref();
    void this.work();
  }

  /** What is under way gets a moment to end, and is given back otherwise. */
  async onModuleDestroy(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.poll);
    clearTimeout(this.soon);
    const late = setTimeout(() => this.attempts.interrupt(), STOP_WITHIN_MS);
    await Promise.all(this.resting);
    clearTimeout(late);
  }

  /** Something was put into the outbox, in a transaction that is about to be committed. */
  wakeSoon(): void {
    this.soon ??= setTimeout(() => {
      this.soon = undefined;
      void this.work();
    }, SOON_MS).unref();
  }

  /** Sends all that is due, and resolves when nothing more can be done now. */
  async work(): Promise<void> {
    if (this.isStopped) return;
    const work = this.wakeLanes();
    this.resting.add(work);
    await work.finally(() => this.resting.delete(work));
  }

  private async wakeLanes(): Promise<void> {
    try {
      const active = (await this.webhooks.list()).filter(({ disabledAt }) => disabledAt === null);
      await Promise.all(active.map(({ id }) => this.laneOf(id).wake()));
    } catch (err) {
      if (!this.isStopped) this.logger.warn({ err }, 'webhook deliveries could not be worked off, will try again');
    }
  }

  private laneOf(webhookId: string): DeliveryLane {
    const known = this.lanes.get(webhookId);
    if (known) return known;
    const lane = new DeliveryLane(webhookId, {
      claim: (id, limit) => this.attempts.claim(id, limit),
      attempt: (delivery) => this.attempts.make(delivery),
      now: () => this.attempts.now(),
      isStopped: () => this.isStopped,
    });
    this.lanes.set(webhookId, lane);
    return lane;
  }
}
