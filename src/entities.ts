import { SigningKey } from './auth/keys/signing-key.entity.js';
import { ServiceClient } from './auth/service-clients/service-client.entity.js';
import { PushEvent } from './auth/wechat-events/push-event.entity.js';
import { StoredAttemptCounter } from './platform/attempts/attempt-counter.entity.js';
import { AuditEvent } from './platform/audit/audit-event.entity.js';
import type { EntityClass } from './platform/database/data-source.js';
import { OneTimeResult } from './platform/one-time/one-time-result.entity.js';
import { WebhookDelivery } from './platform/webhooks/deliveries/webhook-delivery.entity.js';
import { WebhookEndpoint } from './platform/webhooks/webhook-endpoint.entity.js';
import { ErasedSession } from './sessions/erasure/erased-session.entity.js';
import { SessionEvent } from './sessions/history/session-event.entity.js';
import { Session } from './sessions/session.entity.js';
import { ImportedLine } from './users/importing/user-import.entity.js';
import { Consent } from './users/consents/consent.entity.js';
import { User } from './users/user.entity.js';
import { WechatUnion } from './users/wechat/wechat-union.entity.js';
import { WechatAccount } from './users/wechat-account.entity.js';
import { WechatAccessToken } from './wechat/access-token/wechat-access-token.entity.js';
import { WechatUsageCount } from './wechat/usage/wechat-usage-count.entity.js';

/** Every table, named one by one: no globs, so that the list is the same built and in tests. */
export const entities: EntityClass[] = [
  User,
  WechatAccount,
  WechatUnion,
  Consent,
  ImportedLine,
  Session,
  SessionEvent,
  ErasedSession,
  SigningKey,
  ServiceClient,
  AuditEvent,
  PushEvent,
  WechatAccessToken,
  WechatUsageCount,
  OneTimeResult,
  WebhookEndpoint,
  WebhookDelivery,
  StoredAttemptCounter,
];
