import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../../platform/clock.js';
import { networkOf } from '../../platform/rate-limit/client-network.js';
import { TooManyAttemptsError } from '../auth.errors.js';

interface Counter {
  failures: number;
  underWay: number;
  blockedUntil: number;
}

interface Limit {
  /** Failures before the first wait. */
  free: number;
  forgetAfterMs: number;
}

// A person mistypes a few times; forty students share one address (docs/decisions/0005-login-limits.md).
const ACCOUNT: Limit = { free: 5, forgetAfterMs: 24 * 60 * 60 * 1000 };
const NETWORK: Limit = { free: 100, forgetAfterMs: 60 * 60 * 1000 };
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60 * 1000;
const COUNTERS_MAX = 100_000;

/** Whose failures an attempt counts towards. */
export interface AttemptTarget {
  /** The account as typed, or a known device of the account. */
  account: string;
  ipAddress: string;
}

/**
 * Counts failed logins per account and per network, with growing waits. A place is taken before the password is
 * checked, so that many guesses at once get no more tries than the same guesses one by one.
 */
@Injectable()
export class LoginAttempts {
  private readonly accounts: LRUCache<string, Counter>;
  private readonly networks: LRUCache<string, Counter>;

  constructor(private readonly clock: Clock) {
    this.accounts = counters(ACCOUNT, clock);
    this.networks = counters(NETWORK, clock);
  }

  /** True while the account has to wait, whoever asks. */
  isBlocked(account: string): boolean {
    return this.secondsToWait(this.accounts.get(account), ACCOUNT) > 0;
  }

  /**
   * Lets `check` run if both counters have a place left; null from it is a failure.
   * @throws TooManyAttemptsError with the seconds to wait
   */
  async count<T>(target: AttemptTarget, check: () => Promise<T | null>): Promise<T | null> {
    const account = this.take(this.accounts, target.account, ACCOUNT);
    const network = this.take(this.networks, networkOf(target.ipAddress), NETWORK, account);
    try {
      const result = await check();
      if (result === null) {
        this.fail(account, ACCOUNT);
        this.fail(network, NETWORK);
      } else this.accounts.delete(target.account);
      return result;
    } finally {
      account.underWay--;
      network.underWay--;
    }
  }

  private take(store: LRUCache<string, Counter>, key: string, limit: Limit, taken?: Counter): Counter {
    const counter = store.get(key) ?? { failures: 0, underWay: 0, blockedUntil: 0 };
    const wait = this.secondsToWait(counter, limit);
    if (wait > 0) {
      if (taken) taken.underWay--;
      throw new TooManyAttemptsError({ retryAfterSeconds: wait });
    }
    counter.underWay++;
    store.set(key, counter);
    return counter;
  }

  private secondsToWait(counter: Counter | undefined, { free }: Limit): number {
    if (!counter) return 0;
    const now = this.clock.now().getTime();
    if (counter.blockedUntil > now) return Math.ceil((counter.blockedUntil - now) / 1000);
    const places = Math.max(1, free - counter.failures); // after a wait there is one try
    return counter.underWay < places ? 0 : 1;
  }

  private fail(counter: Counter, { free }: Limit): void {
    counter.failures++;
    if (counter.failures < free) return;
    const wait = Math.min(FIRST_WAIT_MS * 2 ** (counter.failures - free), LONGEST_WAIT_MS);
    counter.blockedUntil = this.clock.now().getTime() + wait;
  }
}

// Forgotten so long after the first attempt, not the last: behind a NAT somebody mistypes every hour of the year.
function counters({ forgetAfterMs }: Limit, clock: Clock): LRUCache<string, Counter> {
  const perf = { now: () => clock.now().getTime() };
  return new LRUCache({ max: COUNTERS_MAX, ttl: forgetAfterMs, noUpdateTTL: true, perf, ttlResolution: 0 });
}
