import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { ServiceUnavailableError } from '../errors/request.errors.js';
import { LOGGER } from '../observability/logger.js';
import { type Claim, type Found, OneTimeStore, type OneTimeUse, type ResultKey } from './one-time-store.js';

/** The code belongs to another requester: it was intercepted, or two clients share one. */
export class UsedByAnotherError extends Error {
  constructor() {
    super('A one-time code was sent by another requester before');
    this.name = 'UsedByAnotherError';
  }
}

/** The code's one use failed; `failure` is the code of the error it failed with. */
export class FailedBeforeError extends Error {
  constructor(readonly failure: string) {
    super(`A one-time code failed before: ${failure}`);
    this.name = 'FailedBeforeError';
  }
}

/** How to use a code, and how to tell what its failure means for the next request with it. */
export interface OneTimeWork<T extends object> {
  perform: () => Promise<T>;
  /** The error's code when the code must not be used again; null when it surely was not used. */
  failureOf: (error: unknown) => string | null;
}

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 200;
const LOOKS_MAX = 28; // 5 s in all: WeChat itself is given less, and the mini-program's own request is cut after as long
const RETRY_AFTER_SECONDS = 1;

/**
 * Lets a code that works once be used once, however often it is sent: the first request uses it, every later one of
 * the same requester gets the same result, on whatever process it arrives. A first use costs two statements.
 */
@Injectable()
export class OneTimeResults {
  private readonly running = new Map<string, Promise<unknown>>();

  constructor(
    private readonly store: OneTimeStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Uses the code, or waits for and repeats what its first use gave.
   * @throws UsedByAnotherError, FailedBeforeError, ServiceUnavailableError when the first use takes too long, and
   * whatever `work` throws
   */
  async once<T extends object>(use: OneTimeUse, work: OneTimeWork<T>): Promise<T> {
    const row = this.store.identify(use);
    const key = Buffer.concat([row.id, row.requester]).toString('base64');
    const running = this.running.get(key) as Promise<T> | undefined;
    if (running) return running;
    const result = this.useOrWait(use, row, work).finally(() => this.running.delete(key));
    this.running.set(key, result);
    return result;
  }

  private async useOrWait<T extends object>(use: OneTimeUse, row: ResultKey, work: OneTimeWork<T>): Promise<T> {
    let claim = await this.store.claim(row);
    for (let look = 0; !claim && look < LOOKS_MAX; look++) {
      const found = await this.store.find(row);
      if (!found) claim = await this.store.claim(row);
      else if (found.isExpired) claim = await this.store.takeOver(row, found.expiresAt);
      else if (isDecided(found)) return this.repeat<T>(found, row);
      if (!claim) await delay(Math.min(FIRST_PAUSE_MS * 2 ** look, LONGEST_PAUSE_MS));
    }
    if (!claim) throw new ServiceUnavailableError({ retryAfterSeconds: RETRY_AFTER_SECONDS });
    return this.perform(claim, use, work);
  }

  private repeat<T extends object>({ isOwn, state, result }: Found, { id }: ResultKey): T {
    if (!isOwn) throw new UsedByAnotherError();
    if (state === 'failed') throw new FailedBeforeError(result ?? '');
    return this.store.open<T>(result ?? '', id);
  }

  private async perform<T extends object>(claim: Claim, use: OneTimeUse, work: OneTimeWork<T>): Promise<T> {
    try {
      const value = await work.perform();
      await this.note(() => this.store.finish(claim, 'done', this.store.seal(value, claim), use));
      return value;
    } catch (error) {
      const failure = work.failureOf(error);
      await this.note(() =>
        failure === null ? this.store.release(claim) : this.store.finish(claim, 'failed', failure, use),
      );
      throw error;
    }
  }

  // The code has been used: a database that cannot note it must not cost the client the answer too.
  private async note(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (err) {
      this.logger.warn({ err }, 'a one-time result could not be noted');
    }
  }
}

function isDecided({ isOwn, state }: Found): boolean {
  return !isOwn || state !== 'pending';
}
