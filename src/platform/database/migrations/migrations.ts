import { FirstTables1795392000000 } from './1795392000000-first-tables.js';
import { WechatAccessTokens1795392100000 } from './1795392100000-wechat-access-tokens.js';
import { UnionsAndPhones1795392200000 } from './1795392200000-unions-and-phones.js';
import { OneTimeResults1795392300000 } from './1795392300000-one-time-results.js';
import { LoginCodesOfSessions1795392350000 } from './1795392350000-login-codes-of-sessions.js';
import { PushEvents1795392400000 } from './1795392400000-push-events.js';
import { RecentLogins1795392500000 } from './1795392500000-recent-logins.js';
import { ErasedSessions1795392510000 } from './1795392510000-erased-sessions.js';
import { Consents1795392520000 } from './1795392520000-consents.js';
import { SessionEvents1795392600000 } from './1795392600000-session-events.js';
import { SessionsOfDevices1795392610000 } from './1795392610000-sessions-of-devices.js';
import { ServiceClients1795392620000 } from './1795392620000-service-clients.js';
import { KeyRotation1795392700000 } from './1795392700000-key-rotation.js';
import { AdminLists1795392800000 } from './1795392800000-admin-lists.js';
import { Webhooks1795392810000 } from './1795392810000-webhooks.js';
import { AttemptCounters1795392900000 } from './1795392900000-attempt-counters.js';
import { DeliveriesOfUsers1795392990000 } from './1795392990000-deliveries-of-users.js';
import { UserImports1795393100000 } from './1795393100000-user-imports.js';

/** Every migration, oldest first, named one by one: no globs, so that the list is the same built and in tests. */
export const migrations = [
  FirstTables1795392000000,
  WechatAccessTokens1795392100000,
  UnionsAndPhones1795392200000,
  OneTimeResults1795392300000,
  LoginCodesOfSessions1795392350000,
  PushEvents1795392400000,
  RecentLogins1795392500000,
  ErasedSessions1795392510000,
  Consents1795392520000,
  SessionEvents1795392600000,
  SessionsOfDevices1795392610000,
  ServiceClients1795392620000,
  KeyRotation1795392700000,
  AdminLists1795392800000,
  Webhooks1795392810000,
  AttemptCounters1795392900000,
  DeliveriesOfUsers1795392990000,
  UserImports1795393100000,
];

/** Name of the newest migration: a schema that has it is current. */
export const newestMigration = migrations.at(-1)!.name;
