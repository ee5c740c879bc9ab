import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit/audit-log.js';
import { Database } from '../../database/database.js';
import { type Delivery, type DeliveryQuery, DeliveryStore } from './delivery-store.js';
import { DeliveryWorker } from './delivery-worker.js';
import { DeliveryNotFoundError, WebhookDisabledError } from '../webhooks.errors.js';
import { type WebhookActor, Webhooks } from '../webhooks.js';

/** One page, newest first; `nextBefore` is null on the last. */
export interface DeliveryPage {
  deliveries: Delivery[];
  nextBefore: string | null;
}

/** The deliveries of a webhook as admins see them. */
@Injectable()
export class WebhookDeliveries {
  constructor(
    private readonly database: Database,
    private readonly webhooks: Webhooks,
    private readonly store: DeliveryStore,
    private readonly worker: DeliveryWorker,
    private readonly audit: AuditLog,
  ) {}

  /** @throws WebhookNotFoundError */
  async list(webhookId: string, { limit, ...query }: DeliveryQuery): Promise<DeliveryPage> {
    await this.webhooks.get(webhookId);
    const found = await this.store.list(webhookId, { ...query, limit: limit + 1 });
    const deliveries = found.slice(0, limit);
    return { deliveries, nextBefore: found.length > limit ? deliveries.at(-1)!.id : null };
  }

  /**
   * Sends it again at once, whatever became of it before.
   * @throws WebhookNotFoundError, DeliveryNotFoundError, WebhookDisabledError
   */
  async retry(webhookId: string, id: string, by: WebhookActor): Promise<Delivery> {
    await this.requireEnabled(webhookId);
    await this.database.transaction(async (statements) => {
      if (!(await this.store.retry(statements, { id, endpointId: webhookId }))) throw new DeliveryNotFoundError();
      const detail = { id: webhookId, deliveryId: id };
      await this.audit.recordNow(statements, { type: 'webhook.retried', outcome: 'ok', ...by, detail });
    });
    return this.sendSoon(webhookId, id);
  }

  /**
   * Sends an event that means nothing, so that an admin sees whether the receiver is there.
   * @throws WebhookNotFoundError, WebhookDisabledError
   */
  async ping(webhookId: string, by: WebhookActor): Promise<Delivery> {
    await this.requireEnabled(webhookId);
    const id = await this.database.transaction(async (statements) => {
      const detail = { id: webhookId };
      await this.audit.recordNow(statements, { type: 'webhook.pinged', outcome: 'ok', ...by, detail });
      return this.store.insertPing(statements, webhookId);
    });
    return this.sendSoon(webhookId, id);
  }

  private async requireEnabled(webhookId: string): Promise<void> {
    if ((await this.webhooks.get(webhookId)).disabledAt) throw new WebhookDisabledError();
  }

  private async sendSoon(webhookId: string, id: string): Promise<Delivery> {
    this.worker.wakeSoon();
    const delivery = await this.store.find(webhookId, id);
    if (!delivery) throw new DeliveryNotFoundError();
    return delivery;
  }
}
