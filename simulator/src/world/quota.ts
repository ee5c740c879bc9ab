import type { Clock } from './clock.js';

export const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 3600 * 1000;

/** WeChat's days begin at midnight in Beijing. */
const BEIJING_MS = 8 * 3600 * 1000;

interface QuotaOptions<Key> {
  readonly clock: Clock;
  readonly windowMs: number;
  readonly limitOf: (key: Key) => number;
}

/** Counts calls in each minute or day of the clock; all counts start again with the next one. */
export class Quota<Key> {
  private window = NaN;
  private counts = new Map<Key, number>();

  constructor(private readonly options: QuotaOptions<Key>) {}

  /** Counts one call and says whether it was still within the limit. */
  take(key: Key): boolean {
    const count = this.used(key) + 1;
    this.counts.set(key, count);
    return count <= this.options.limitOf(key);
  }

  used(key: Key): number {
    return this.current().get(key) ?? 0;
  }

  /** Lets the key begin again before the window is over. */
  clear(key: Key): void {
    this.current().delete(key);
  }

  /** The keys that were counted in this window. */
  keys(): Key[] {
    return [...this.current().keys()];
  }

  private current(): Map<Key, number> {
    const window = Math.floor((this.options.clock.now() + BEIJING_MS) / this.options.windowMs);
    if (window !== this.window) this.counts = new Map();
    this.window = window;
    return this.counts;
  }
}
