import type { ClaimedDelivery } from './delivery-store.js';

/** What a lane does its work with. */
export interface LaneWork {
  claim(webhookId: string, limit: number): Promise<ClaimedDelivery[]>;
  /** True when the receiver took it. */
  attempt(delivery: ClaimedDelivery): Promise<boolean>;
  now(): number;
  isStopped(): boolean;
}

const AT_ONCE = 8;
const FAILURES_BEFORE_PAUSE = 8;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/**
 * The deliveries of one webhook, a few at a time, so that a receiver that hangs holds up nobody else's. One that
 * fails again and again is left alone for a while, and its deliveries do not use up their tries meanwhile.
 */
export class DeliveryLane {
  private running?: Promise<void>;
  private isWoken = false;
  private failures = 0;
  private pausedUntil = 0;

  constructor(
    private readonly webhookId: string,
    private readonly work: LaneWork,
  ) {}

  /** There may be something due. Resolves when the lane has come to rest. */
  wake(): Promise<void> {
    this.isWoken = true;
    this.running ??= this.run().finally(() => (this.running = undefined));
    return this.running;
  }

  private async run(): Promise<void> {
    while (this.isWoken && !this.work.isStopped() && this.work.now() >= this.pausedUntil) {
      this.isWoken = false;
      const batch = await this.work.claim(this.webhookId, AT_ONCE);
      const taken = await Promise.all(batch.map((delivery) => this.work.attempt(delivery)));
      for (const isTaken of taken) this.count(isTaken);
      if (batch.length) this.isWoken = true; // there may be more
    }
  }

  private count(isTaken: boolean): void {
    this.failures = isTaken ? 0 : this.failures + 1;
    const excess = this.failures - FAILURES_BEFORE_PAUSE;
    if (excess < 0) return;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** Math.floor(excess / AT_ONCE), LONGEST_PAUSE_MS);
    this.pausedUntil = this.work.now() + pause;
  }
}
