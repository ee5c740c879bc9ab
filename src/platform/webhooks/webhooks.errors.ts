import { AppError, ErrorCode } from '../errors/app-error.js';

@ErrorCode('webhooks.not_found', 'not_found', { zh: 'Webhook 不存在', en: 'There is no such webhook' })
export class WebhookNotFoundError extends AppError {}

@ErrorCode('webhooks.delivery_not_found', 'not_found', {
  zh: '投递记录不存在',
  en: 'There is no such delivery',
})
export class DeliveryNotFoundError extends AppError {}

@ErrorCode('webhooks.disabled', 'conflict', { zh: 'Webhook 已停用', en: 'This webhook is disabled' })
export class WebhookDisabledError extends AppError {}

@ErrorCode('webhooks.too_many', 'conflict', { zh: 'Webhook 数量已达上限', en: 'There are too many webhooks' })
export class TooManyWebhooksError extends AppError {}
