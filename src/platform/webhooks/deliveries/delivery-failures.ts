import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from '../../clock.js';
import { LOGGER } from '../../observability/logger.js';
import { type ClaimedDelivery, DeliveryStore } from './delivery-store.js';
import { pauseAfter } from '../sending/delivery-schedule.js';
import type { WebhookOutcome } from '../sending/webhook-sender.js';
import { Webhooks } from '../webhooks.js';

const GONE = 410; // of the Standard Webhooks specification: the receiver wants nothing any more
const SECONDS = /^\d{1,9}$/;

/** Says what follows a failed attempt: another one later, giving up, or nothing more to that receiver. */
@Injectable()
export class DeliveryFailures {
  constructor(
    private readonly deliveries: DeliveryStore,
    private readonly webhooks: Webhooks,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async note(delivery: ClaimedDelivery, outcome: WebhookOutcome): Promise<void> {
    const { status, error, snippet } = outcome;
    const pause = status === GONE ? null : pauseAfter(delivery.attempts, this.wishOf(outcome));
    const state = pause === null ? ('dead' as const) : ('waiting' as const);
    const dueAt = pause === null ? null : new Date(this.clock.now().getTime() + pause);
    const isOurs = await this.deliveries.finish(delivery, { state, dueAt, status, error, snippet });
    if (isOurs) this.log(delivery, outcome, state);
    if (status === GONE) await this.webhooks.disableGone(delivery.endpointId);
  }

  private log({ id, endpointId, type, attempts }: ClaimedDelivery, { status, error }: WebhookOutcome, state: string) {
    const line = { deliveryId: id, webhookId: endpointId, type, attempts, status, error };
    if (state === 'dead') this.logger.error(line, 'a webhook delivery was given up');
    else this.logger.warn(line, 'a webhook delivery failed, will try again');
  }

  // Seconds or a date (RFC 9110, 10.2.3).
  private wishOf({ retryAfter }: WebhookOutcome): number {
    if (retryAfter === null) return 0;
    if (SECONDS.test(retryAfter)) return Number(retryAfter) * 1000;
    const wished = Date.parse(retryAfter) - this.clock.now().getTime();
    return Number.isFinite(wished) ? Math.max(0, wished) : 0;
  }
}
