import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import {
  type AttemptCounter,
  type AttemptLimit,
  type AttemptOutcome,
  type AttemptPlace,
  counterAt,
  waitAfter,
  waitOf,
  withOutcome,
  withPlaceTaken,
} from './attempt-rules.js';
import type { AttemptStore } from './attempt-store.js';

const COUNTERS_MAX = 100_000;

/** What Redis said last about one counter. */
export interface SharedState {
  /** Which life of Redis said it: one that lost its memory has another. */
  epoch: string;
  failures: number;
  blockedUntil: number;
  forgetAt: number;
}

interface LocalCounter extends AttemptCounter {
  epoch: string;
  /** True when failures were counted here that Redis does not know of. */
  isAhead: boolean;
}

/**
 * The attempts of this process alone: what goes on counting while Redis is away, with half the free failures, and what
 * reminds a Redis that lost its memory.
 */
@Injectable()
export class LocalAttempts implements AttemptStore {
  private readonly counters = new LRUCache<string, LocalCounter>({ max: COUNTERS_MAX });

  take(places: AttemptPlace[], now: number): Promise<number[]> {
    const counters = places.map((place) => withWaitBegun(this.counterOf(place, now), stricter(place.limit), now));
    const waits = counters.map((counter, i) => waitOf(counter, stricter(places[i]!.limit), now));
    const isFree = waits.every((wait) => wait === 0);
    counters.forEach((counter, i) => {
      if (isFree) this.keep(places[i]!.id, { ...counter, ...withPlaceTaken(counter, now) });
      else if (waits[i]! > 0) this.keep(places[i]!.id, counter);
    });
    return Promise.resolve(waits);
  }

  settle(places: AttemptPlace[], outcome: AttemptOutcome, now: number): Promise<void> {
    for (const place of places) {
      const counter = this.counterOf(place, now);
      const settled = withOutcome(counter, outcome, stricter(place.limit), now);
      this.keep(place.id, { ...counter, ...settled, isAhead: counter.isAhead || outcome === 'failed' });
    }
    return Promise.resolve();
  }

  forget(ids: Buffer[]): Promise<void> {
    for (const id of ids) this.counters.delete(keyOf(id));
    return Promise.resolve();
  }

  /** Takes over what Redis said about a counter. */
  remember({ id }: Pick<AttemptPlace, 'id'>, state: SharedState): void {
    if (state.failures === 0) this.counters.delete(keyOf(id));
    else this.counters.set(keyOf(id), { ...state, underWay: 0, busyUntil: 0, isAhead: false });
  }

  /** What Redis has to be told if it does not know it: null when nothing is known here. */
  known(id: Buffer): (SharedState & { isAhead: boolean }) | null {
    return this.counters.get(keyOf(id)) ?? null;
  }

  private counterOf({ id, limit }: AttemptPlace, now: number): LocalCounter {
    const stored = this.counters.get(keyOf(id));
    const { epoch = '', isAhead = false } = stored ?? {};
    return { epoch, isAhead, ...counterAt(now, stored, limit) };
  }

  private keep(id: Buffer, counter: LocalCounter): void {
    this.counters.set(keyOf(id), counter);
  }
}

function keyOf(id: Buffer): string {
  return id.toString('base64url');
}

// Where Redis knew of as many failures as are free here, others may have used up the try that is due: the wait begins anew.
function withWaitBegun(counter: LocalCounter, { free }: AttemptLimit, now: number): LocalCounter {
  if (counter.isAhead || counter.failures < free) return counter;
  const blockedUntil = Math.max(counter.blockedUntil, now + waitAfter(counter.failures - free));
  return { ...counter, blockedUntil, isAhead: true };
}

// Each process counts for itself now: half of what all of them may be guessed at together.
function stricter(limit: AttemptLimit): AttemptLimit {
  return { ...limit, free: Math.ceil(limit.free / 2) };
}
