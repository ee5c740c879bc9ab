import { SEALED_PRIVATE_KEYS } from './auth/keys/signing-key-store.js';
import { SEALED_PUSH_TASKS } from './auth/wechat-events/push-event-store.js';
import type { SealedColumn } from './platform/encryption/resealing/sealed-column.js';
import { SEALED_WEBHOOK_SECRETS } from './platform/webhooks/webhook-store.js';
import { SEALED_PHONES } from './users/phones/phones.js';
import { SEALED_SESSION_KEYS } from './users/wechat/wechat-store.js';

/**
 * Every column of sealed secrets that outlive a day, so that they can be sealed again when APP_SECRET is replaced.
 * Left out are those that are made anew before that: WeChat's access_tokens, and the answers to login codes.
 */
export const sealedColumns: SealedColumn[] = [
  SEALED_PRIVATE_KEYS,
  SEALED_SESSION_KEYS,
  SEALED_PHONES,
  ...SEALED_WEBHOOK_SECRETS,
  SEALED_PUSH_TASKS,
];
