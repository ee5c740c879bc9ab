import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock.js';
import { type ClaimedDelivery, DeliveryStore } from './delivery-store.js';
import { DeliveryFailures } from './delivery-failures.js';
import { signatureHeaders } from '../sending/webhook-signature.js';
import { INTERRUPTED, type WebhookOutcome, WebhookSender } from '../sending/webhook-sender.js';
import { WebhookStore } from '../webhook-store.js';

const NO_ANSWER = { error: null, snippet: null };

/** Makes one attempt at one delivery, and writes down how it ended. */
@Injectable()
export class DeliveryAttempts {
  private readonly stopping = new AbortController();

  constructor(
    private readonly deliveries: DeliveryStore,
    private readonly webhooks: WebhookStore,
    private readonly sender: WebhookSender,
    private readonly failures: DeliveryFailures,
    private readonly clock: Clock,
  ) {}

  claim(webhookId: string, limit: number): Promise<ClaimedDelivery[]> {
    return this.deliveries.claim(webhookId, limit);
  }

  /** True when the receiver took it. */
  async make(delivery: ClaimedDelivery): Promise<boolean> {
    const outcome = await this.send(delivery);
    if (outcome.error === null) {
      await this.deliveries.finish(delivery, { state: 'delivered', dueAt: null, status: outcome.status, ...NO_ANSWER });
      return true;
    }
    if (outcome.error === INTERRUPTED) await this.deliveries.release(delivery);
    else await this.failures.note(delivery, outcome);
    return false;
  }

  /** Ends every attempt that is under way. */
  interrupt(): void {
    this.stopping.abort();
  }

  now(): number {
    return this.clock.now().getTime();
  }

  private async send({ id, endpointId, payload: body }: ClaimedDelivery): Promise<WebhookOutcome> {
    const webhook = await this.webhooks.findSigning(endpointId);
    const headers = signatureHeaders({ id, timestamp: this.clock.nowSeconds() }, body, webhook?.secrets ?? []);
    return this.sender.send({ url: webhook?.url ?? '', body, headers }, this.stopping.signal);
  }
}
