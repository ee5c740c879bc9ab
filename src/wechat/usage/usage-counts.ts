/** What is counted together. */
export interface UsageKey {
  appId: string;
  endpoint: string;
  outcome: string;
}

export interface UsageCount extends UsageKey {
  day: string;
  calls: number;
  lastAt: Date;
}

const CHINA_AHEAD_MS = 8 * 3600 * 1000; // no summer time

/** The day in China: WeChat's quotas begin anew at midnight there. */
export function chinaDay(time: Date): string {
  return new Date(time.getTime() + CHINA_AHEAD_MS).toISOString().slice(0, 10);
}

/** Adds calls up in memory, until somebody takes them away. */
export class UsageCounts {
  private counts = new Map<string, UsageCount>();

  get isEmpty(): boolean {
    return this.counts.size === 0;
  }

  add({ appId, endpoint, outcome }: UsageKey, now: Date, calls = 1): void {
    const day = chinaDay(now);
    const key = [appId, day, endpoint, outcome].join(' ');
    const count = this.counts.get(key);
    if (!count) this.counts.set(key, { appId, endpoint, outcome, day, calls, lastAt: now });
    else {
      count.calls += calls;
      count.lastAt = now > count.lastAt ? now : count.lastAt;
    }
  }

  /** All of them, in one order for every process, so that their transactions do not deadlock. */
  take(): UsageCount[] {
    const taken = [...this.counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
    this.counts = new Map();
    return taken;
  }
}
