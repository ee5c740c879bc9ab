import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from '../../platform/clock.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { ENDPOINTS } from '../transport/endpoints.js';
import { WechatConfig } from '../wechat.config.js';
import { chinaDay, type UsageCount, UsageCounts, type UsageKey } from './usage-counts.js';
import { type UsageOfDay, UsageTable } from './usage-table.js';

const FLUSH_AFTER_MS = 5_000;
const QUOTA_EXHAUSTED = '45009';

/** Counts every call to WeChat, since some cost money and all have a quota; a killed process loses its last seconds. */
@Injectable()
export class WechatUsage implements BeforeApplicationShutdown {
  private readonly counts = new UsageCounts();
  private readonly warned = new Set<string>();
  private timer?: NodeJS.Timeout;
  private flushing: Promise<void> = Promise.resolve();

  constructor(
    private readonly table: UsageTable,
    private readonly config: WechatConfig,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  count(call: UsageKey): void {
    this.counts.add(call, this.clock.now());
    if (call.outcome === QUOTA_EXHAUSTED) {
      const { appId, endpoint } = call;
      this.warnOnce({ appId, endpoint }, 'WeChat’s quota for this endpoint is used up');
    }
    this.flushSoon();
  }

  /** Today's calls of all processes, by endpoint and outcome; the day is China's. */
  async today(appId: string): Promise<UsageOfDay[]> {
    await this.flush();
    return this.table.findDay(appId, chinaDay(this.clock.now()));
  }

  /** Writes down what was counted; the next call waits for this one. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.flushing = this.flushing.then(() => this.write());
    return this.flushing;
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.flush();
  }

  private async write(): Promise<void> {
    if (this.counts.isEmpty) return;
    const taken = this.counts.take();
    try {
      await this.table.add(taken);
    } catch (err) {
      return this.keepForLater(taken, err);
    }
    await this.watchPhoneCost(taken).catch((err: unknown) => {
      this.logger.warn({ err }, 'the cost of phone numbers could not be looked at');
    });
  }

  private async watchPhoneCost(taken: UsageCount[]): Promise<void> {
    const endpoint = ENDPOINTS.getPhoneNumber.path;
    for (const { appId, day } of taken.filter((count) => count.endpoint === endpoint && count.outcome === 'ok')) {
      const lines = await this.table.findDay(appId, day);
      const calls = lines.find((line) => line.endpoint === endpoint && line.outcome === 'ok')?.calls ?? 0;
      const threshold = this.config.phoneDailyWarning;
      if (calls >= threshold) this.warnOnce({ appId, endpoint, calls, threshold }, 'phone numbers cost money');
    }
  }

  private keepForLater(taken: UsageCount[], err: unknown): void {
    for (const { calls, lastAt, ...key } of taken) this.counts.add(key, lastAt, calls);
    this.logger.warn({ err }, 'the usage of WeChat could not be written, will try again');
    this.flushSoon();
  }

  // Once a day is enough: a warning at every call would hide the others.
  private warnOnce(
    line: { appId: string; endpoint: string; calls?: number; threshold?: number },
    message: string,
  ): void {
    const day = chinaDay(this.clock.now());
    const key = [line.appId, day, line.endpoint, message].join(' ');
    if (this.warned.has(key)) return;
    if (this.warned.size > 1_000) this.warned.clear();
    this.warned.add(key);
    this.logger.warn({ ...line, day }, message);
  }

  private flushSoon(): void {
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_AFTER_MS).unref();
  }
}
