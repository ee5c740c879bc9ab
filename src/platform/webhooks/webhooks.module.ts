import { Module } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../config/environment.js';
import { DeliveryAttempts } from './deliveries/delivery-attempts.js';
import { DeliveryFailures } from './deliveries/delivery-failures.js';
import { DeliveryRetention } from './deliveries/delivery-retention.js';
import { DeliveryStore } from './deliveries/delivery-store.js';
import { DeliveryWorker } from './deliveries/delivery-worker.js';
import { WebhookSender } from './sending/webhook-sender.js';
import { WebhookTarget } from './sending/webhook-target.js';
import { WebhookDeliveries } from './deliveries/webhook-deliveries.js';
import { WebhookOutbox } from './deliveries/webhook-outbox.js';
import { WebhookErasure } from './webhook-erasure.js';
import { WebhookStore } from './webhook-store.js';
import { WebhooksConfig } from './webhooks.config.js';
import { Webhooks } from './webhooks.js';

/** Tells other systems of audit events: an outbox, and who works it off. */
@Module({
  providers: [
    {
      provide: WebhooksConfig,
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment) => new WebhooksConfig(environment),
    },
    ...[Webhooks, WebhookDeliveries, WebhookStore, DeliveryStore, WebhookOutbox, WebhookErasure],
    ...[DeliveryWorker, DeliveryAttempts, DeliveryFailures, WebhookSender, WebhookTarget, DeliveryRetention],
  ],
  exports: [Webhooks, WebhookDeliveries, WebhookErasure],
})
export class WebhooksModule {}
