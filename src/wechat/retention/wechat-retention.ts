import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { Sweeper } from '../../platform/retention/sweeper.js';

const FIND_APPS = 'SELECT DISTINCT app_id FROM wechat_usage';
const DELETE_USAGE = 'DELETE FROM wechat_usage WHERE app_id = ? AND day < ?';
const DELETE_TOKENS = 'DELETE FROM wechat_access_tokens WHERE expires_at < ?'; // a row or two for each mini-program

const DAY_MS = 24 * 3600 * 1000;
const USAGE_KEPT_DAYS = 400; // a year ago can be compared with
const TOKENS_KEPT_DAYS = 1;

/** Forgets old counts of calls to WeChat, and access tokens of AppSecrets that are no longer in use. */
@Injectable()
export class WechatRetention extends Sweeper {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    super('old usage counts of WeChat', logger);
  }

  protected async deleteBatch(): Promise<number> {
    const day = this.daysAgo(USAGE_KEPT_DAYS).toISOString().slice(0, 10);
    const apps = await this.database.rows<{ app_id: string }>(FIND_APPS);
    for (const { app_id: appId } of apps) await this.database.write(DELETE_USAGE, [appId, day]);
    await this.database.write(DELETE_TOKENS, [this.daysAgo(TOKENS_KEPT_DAYS)]);
    return 0; // all at once: there are few
  }

  private daysAgo(days: number): Date {
    return new Date(this.clock.now().getTime() - days * DAY_MS);
  }
}
