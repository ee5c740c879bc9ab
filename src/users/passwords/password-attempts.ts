import { Injectable } from '@nestjs/common';
import { createHmac } from 'node:crypto';
import { AttemptCounters } from '../../platform/attempts/attempt-counters.js';
import type { AttemptLimit, AttemptPlace } from '../../platform/attempts/attempt-rules.js';
import { DerivedKeys } from '../../platform/encryption/derived-keys.js';
import { networkOf } from '../../platform/rate-limit/client-network.js';
import { TooManyAttemptsError } from '../users.errors.js';

const HOUR_MS = 60 * 60 * 1000;

// A person mistypes a few times; forty students share one address (docs/decisions/0005-login-limits.md).
export const ACCOUNT_LIMIT: AttemptLimit = { free: 5, forgetAfterMs: 24 * HOUR_MS, clearedBySuccess: true };
// Not cleared by a success, or an attacker with one account would clear it.
export const NETWORK_LIMIT: AttemptLimit = { free: 100, forgetAfterMs: HOUR_MS, clearedBySuccess: false };

/** An account, by whatever name it was reached; or a name that nobody has. */
export type AttemptedAccount = { userId: string } | { unknownName: string };

/** Whose failures an attempt counts towards. */
export interface AttemptTarget {
  account: AttemptedAccount;
  ipAddress: string;
  /** Has this device held a session of the account before? Asked only while account or network has to wait. */
  isKnownDevice?: () => Promise<boolean>;
}

/**
 * Counts wrong passwords per account and per network, with growing waits, over all processes. The known devices of an
 * account have a counter of their own, so that whoever attacks it, or from their network, does not shut out its owner.
 */
@Injectable()
export class PasswordAttempts {
  private readonly key: Buffer;
  /** Of every secret that is accepted while APP_SECRET is replaced. */
  private readonly keys: Buffer[];

  constructor(
    private readonly counters: AttemptCounters,
    keys: DerivedKeys,
  ) {
    this.key = keys.derive('attempt-counters');
    this.keys = keys.deriveAll('attempt-counters');
  }

  /**
   * Runs `check` if account and network have a place left; null from it is a failure.
   * @throws TooManyAttemptsError with the seconds to wait
   */
  async count<T>(target: AttemptTarget, check: () => Promise<T | null>): Promise<T | null> {
    const network = this.place(`network|${networkOf(target.ipAddress)}`, NETWORK_LIMIT);
    const first = await this.counters.count([this.place(nameOf(target.account), ACCOUNT_LIMIT), network], check);
    if (!first.waitsMs) return first.result;
    if (!(await target.isKnownDevice?.())) throw tooMany(first.waitsMs);
    // A known device can guess at its own account only: whoever attacks from the same network does not shut it out.
    const second = await this.counters.count([this.place(devicesOf(target.account), ACCOUNT_LIMIT)], check);
    if (!second.waitsMs) return second.result;
    throw tooMany(second.waitsMs);
  }

  /** Ends every wait of an account, and deletes what is counted under it: to unlock it, and when it is erased. */
  async forget(userId: string): Promise<void> {
    const account = { userId };
    const names = [nameOf(account), devicesOf(account)];
    await this.counters.forget(this.keys.flatMap((key) => names.map((name) => idOf(key, name))));
  }

  private place(name: string, limit: AttemptLimit): AttemptPlace {
    return { id: idOf(this.key, name), limit };
  }
}

function idOf(key: Buffer, name: string): Buffer {
  return createHmac('sha256', key).update(name).digest();
}

function nameOf(account: AttemptedAccount): string {
  return 'userId' in account ? `user|${account.userId}` : `name|${account.unknownName.toLowerCase()}`;
}

function devicesOf(account: AttemptedAccount): string {
  return `devices|${nameOf(account)}`;
}

function tooMany(waitsMs: number[]): TooManyAttemptsError {
  return new TooManyAttemptsError({ retryAfterSeconds: Math.ceil(Math.max(...waitsMs) / 1000) });
}
