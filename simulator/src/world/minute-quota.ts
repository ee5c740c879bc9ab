import type { Clock } from './clock.js';

/** Counts calls in each minute of the clock; all counts start again with the next minute. */
export class MinuteQuota<Key> {
  private minute = NaN;
  private readonly counts = new Map<Key, number>();

  constructor(
    private readonly clock: Clock,
    private readonly limit: number,
  ) {}

  /** Counts one call and says whether it was still within the limit. */
  take(key: Key): boolean {
    this.turnTo(Math.floor(this.clock.now() / 60_000));
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    return count <= this.limit;
  }

  private turnTo(minute: number): void {
    if (minute === this.minute) return;
    this.minute = minute;
    this.counts.clear();
  }
}
