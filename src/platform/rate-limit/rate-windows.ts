import { LRUCache } from 'lru-cache';

const WINDOWS_MAX = 100_000;

/** How often one client knocked since its window began. */
export interface RateWindow {
  used: number;
  endsAt: number;
}

/** The windows of this process alone. When there are too many, those asked for least recently are forgotten. */
export class RateWindows {
  private readonly windows = new LRUCache<string, RateWindow>({ max: WINDOWS_MAX });

  /** Counts one more request, and says how many that makes. */
  count(key: string, now: number, lengthMs: number): RateWindow {
    const window = this.current(key, now) ?? { used: 0, endsAt: now + lengthMs };
    window.used++;
    this.windows.set(key, window);
    return window;
  }

  /** The window as it was left, if it has not ended. */
  current(key: string, now: number): RateWindow | undefined {
    const window = this.windows.get(key);
    return window && window.endsAt > now ? window : undefined;
  }

  /** Takes over what all processes together have counted. */
  set(key: string, window: RateWindow): void {
    this.windows.set(key, window);
  }
}
