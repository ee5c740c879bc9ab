import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditLog, type WrittenEvent } from '../../audit/audit-log.js';
import type { Statements } from '../../database/database.js';
import { DeliveryStore, type NewDelivery } from './delivery-store.js';
import { DeliveryWorker } from './delivery-worker.js';
import { type Webhook, WebhookStore } from '../webhook-store.js';
import { ALL_TYPES } from '../webhook-types.js';

const PAYLOAD_MAX = 4_000;

/**
 * Puts every audit event that somebody wants to hear of into the outbox, in the transaction that writes the event:
 * either both are there or neither.
 */
@Injectable()
export class WebhookOutbox implements OnModuleInit {
  constructor(
    private readonly audit: AuditLog,
    private readonly webhooks: WebhookStore,
    private readonly deliveries: DeliveryStore,
    private readonly worker: DeliveryWorker,
  ) {}

  onModuleInit(): void {
    this.audit.follow((statements, events) => this.fill(statements, events));
  }

  private async fill(statements: Statements, events: WrittenEvent[]): Promise<void> {
    const active = (await this.webhooks.list(statements)).filter(({ disabledAt }) => disabledAt === null);
    const wanted = active.flatMap((webhook) =>
      events
        .filter((event) => isWanted(event, webhook))
        .map((event): NewDelivery => ({
          ...{ endpointId: webhook.id, type: event.type, userId: event.userId },
          payload: payloadOf(event),
        })),
    );
    if (!wanted.length) return;
    await this.deliveries.insert(statements, wanted);
    this.worker.wakeSoon();
  }
}

// An event is written a moment after it happened; what was before the webhook is none of its business.
function isWanted({ type, createdAt }: WrittenEvent, { types, createdAt: since }: Webhook): boolean {
  return createdAt >= since && (types.includes(ALL_TYPES) || types.includes(type));
}

// No address and no user agent: who receives it needs them rarely, and can ask the audit trail.
function payloadOf({ type, createdAt, outcome, userId, actorId, sessionId, detail }: WrittenEvent): string {
  const data = { outcome, userId, actorId, sessionId, detail };
  const payload = JSON.stringify({ type, timestamp: createdAt, data });
  if (payload.length <= PAYLOAD_MAX) return payload;
  return JSON.stringify({ type, timestamp: createdAt, data: { ...data, detail: null } });
}
