import type { Clock } from './clock.js';
import { DAY_MS, Quota } from './quota.js';

/** What an app may do in a day where WeChat's manual gives no number. */
const USUAL_LIMIT = 10_000_000;

/** https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-access-token/api_getstableaccesstoken.html */
const KNOWN_LIMITS: Partial<Record<string, number>> = { '/cgi-bin/stable_token': 500_000 };

/** How much of an endpoint an app has used today. */
export interface DayUsage {
  readonly appId: string;
  readonly endpoint: string;
  readonly limit: number;
  readonly used: number;
}

/** Every app's day quota for each of WeChat's endpoints. */
export class DayQuotas {
  private readonly limits = new Map<string, number>();
  private readonly quota: Quota<string>;

  constructor(clock: Clock) {
    this.quota = new Quota({ clock, windowMs: DAY_MS, limitOf: (key) => this.usageOf(key).limit });
  }

  /** Counts one call and says whether it was still within the limit. */
  take(appId: string, endpoint: string): boolean {
    return this.quota.take(keyOf(appId, endpoint));
  }

  setLimit(appId: string, endpoint: string, limit: number): DayUsage {
    this.limits.set(keyOf(appId, endpoint), limit);
    return this.usage(appId, endpoint);
  }

  usage(appId: string, endpoint: string): DayUsage {
    return this.usageOf(keyOf(appId, endpoint));
  }

  /** What was called today or has a limit of its own. */
  all(): DayUsage[] {
    const keys = new Set([...this.limits.keys(), ...this.quota.keys()]);
    return [...keys].map((key) => this.usageOf(key));
  }

  private usageOf(key: string): DayUsage {
    const [appId = '', endpoint = ''] = key.split(' ');
    const limit = this.limits.get(key) ?? KNOWN_LIMITS[endpoint] ?? USUAL_LIMIT;
    return { appId, endpoint, limit, used: this.quota.used(key) };
  }
}

/** Neither an app id nor a path holds a space. */
function keyOf(appId: string, endpoint: string): string {
  return `${appId} ${endpoint}`;
}
