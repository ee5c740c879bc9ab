import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { createHmac } from 'node:crypto';
import { AttemptCounters } from '../../platform/attempts/attempt-counters.js';
import type { AttemptLimit } from '../../platform/attempts/attempt-rules.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock.js';
import { DerivedKeys } from '../../platform/encryption/derived-keys.js';
import type { Client } from '../../platform/identity/client.js';
import type { BasicCredentials } from '../../platform/oauth/basic-credentials.js';
import { networkOf } from '../../platform/rate-limit/client-network.js';
import { TooManyAttemptsError } from '../../users/users.errors.js';
import type { ServiceClient } from './service-client.entity.js';
import { isSecretOf } from './service-client-secret.js';

const HOUR_MS = 3600 * 1000;
const REMEMBERED = 1_000;

// One service with an old secret must not shut out the others of its network.
const CLIENT: AttemptLimit = { free: 10, forgetAfterMs: HOUR_MS, clearedBySuccess: true };
const NETWORK: AttemptLimit = { free: 100, forgetAfterMs: HOUR_MS, clearedBySuccess: false };

/**
 * Checks secrets, and counts wrong ones per network and per service in it. A service that was right before is checked
 * without counting: it costs no statement, and nobody who guesses can shut it out.
 */
@Injectable()
export class ServiceClientAttempts {
  private readonly key: Buffer;
  private readonly wereRight = new LRUCache<string, true>({ max: REMEMBERED });

  constructor(
    private readonly counters: AttemptCounters,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    keys: DerivedKeys,
  ) {
    this.key = keys.derive('service-client-attempts');
  }

  /** @throws TooManyAttemptsError with the seconds to wait */
  async isRight(found: ServiceClient | null, credentials: BasicCredentials, client: Client): Promise<boolean> {
    const isRight = isSecretOf(found, credentials.secret, this.clock.now());
    const remembered = this.idOf(`${credentials.clientId}|${credentials.secret}`).toString('base64');
    if (isRight && this.wereRight.has(remembered)) return true;
    const network = networkOf(client.ipAddress);
    const places = [
      { id: this.idOf(`client|${network}|${found?.id ?? ''}`), limit: CLIENT },
      { id: this.idOf(`network|${network}`), limit: NETWORK },
    ];
    const { waitsMs } = await this.counters.count(places, () => Promise.resolve(isRight || null));
    if (waitsMs) throw new TooManyAttemptsError({ retryAfterSeconds: Math.ceil(Math.max(...waitsMs) / 1000) });
    if (isRight) this.wereRight.set(remembered, true);
    else this.recordRefusal(found, client);
    return isRight;
  }

  // What was typed where a client id belongs may be anything, even a secret.
  private recordRefusal(found: ServiceClient | null, client: Client): void {
    const detail = { clientId: found?.id ?? null };
    this.audit.record({ type: 'service_client.refused', outcome: 'refused', client, detail });
  }

  private idOf(name: string): Buffer {
    return createHmac('sha256', this.key).update(name).digest();
  }
}
