import type { Logger } from 'pino';

/** Deletes at most `limit` rows and says how many it found. */
export type DeleteBatch = (limit: number) => Promise<number>;

const PAUSE_MS = 10 * 60_000;
const BATCH = 500;
const BATCHES_MAX = 100; // a round: 50,000 rows

/** Deletes what has had its time, again and again, in small pieces behind the requests; it may be stopped at any moment. */
export class Sweeper {
  private timer?: NodeJS.Timeout;
  private isStopped = false;

  /** @param what is deleted, for the log */
  constructor(
    private readonly what: string,
    private readonly deleteBatch: DeleteBatch,
    private readonly logger: Logger,
  ) {}

  start(): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => void this.sweepQuietly().finally(() => this.start()), PAUSE_MS).unref();
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  /** Deletes what is there now, up to the bound of one round. */
  async sweep(): Promise<void> {
    for (let batch = 0; batch < BATCHES_MAX && !this.isStopped; batch++)
      if ((await this.deleteBatch(BATCH)) < BATCH) return;
  }

  private async sweepQuietly(): Promise<void> {
    await this.sweep().catch((err: unknown) => {
      if (!this.isStopped) this.logger.warn({ err }, `${this.what} could not be deleted, will try again`);
    });
  }
}
