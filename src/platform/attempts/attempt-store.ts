import type { AttemptOutcome, AttemptPlace } from './attempt-rules.js';

/** A memory of attempts. Each method is atomic, whoever else uses the same memory at the same time. */
export interface AttemptStore {
  /** Takes all the places or none; the milliseconds to wait for each, all 0 when they are taken. */
  take(places: AttemptPlace[], now: number): Promise<number[]>;
  settle(places: AttemptPlace[], outcome: AttemptOutcome, now: number): Promise<void>;
  /** Deletes the counters, whatever they say. */
  forget(ids: Buffer[]): Promise<void>;
}
