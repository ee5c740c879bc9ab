import { ParseUUIDPipe } from '@nestjs/common';
import { DeliveryNotFoundError, WebhookNotFoundError } from '../../../platform/webhooks/webhooks.errors.js';

/** What is not a UUID names no webhook. */
export const WebhookIdPipe = new ParseUUIDPipe({ exceptionFactory: () => new WebhookNotFoundError() });

/** What is not a UUID names no delivery. */
export const DeliveryIdPipe = new ParseUUIDPipe({ exceptionFactory: () => new DeliveryNotFoundError() });
