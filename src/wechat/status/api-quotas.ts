import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { ENDPOINTS } from '../transport/endpoints.js';
import { WechatErrcode, type WechatReply, WechatReplyMalformed } from '../transport/wechat-replies.js';
import { chinaDay } from '../usage/usage-counts.js';
import { WechatApi } from '../wechat.api.js';
import { type WechatApp, WechatConfig } from '../wechat.config.js';

/** WeChat's own count of one endpoint's day. */
export interface ApiQuota {
  dailyLimit: number;
  used: number;
  remaining: number;
  askedAt: Date;
}

/** What WeChat says of one endpoint; null where it keeps no quota. */
export interface EndpointQuota {
  endpoint: string;
  quota: ApiQuota | null;
}

/** The endpoints of which WeChat can be asked. */
export const QUOTA_ENDPOINTS: string[] = Object.values(ENDPOINTS).map(({ path }) => path);

const NO_SUCH_ENDPOINT = 76021;

/** Asks WeChat how much of a day's quota is left; what it said is remembered until the day in China is over. */
@Injectable()
export class ApiQuotas {
  private readonly known = new Map<string, ApiQuota>();

  constructor(
    private readonly api: WechatApi,
    private readonly config: WechatConfig,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks of one endpoint, or of all that this server uses.
   * @throws WechatAppUnknownError, WechatUnavailableError, WechatMisconfiguredError
   */
  async ask(appId: string, endpoint?: string): Promise<EndpointQuota[]> {
    const app = this.config.getApp(appId);
    const endpoints = endpoint === undefined ? QUOTA_ENDPOINTS : [endpoint];
    return Promise.all(endpoints.map(async (each) => ({ endpoint: each, quota: await this.askOne(app, each) })));
  }

  /** What WeChat said today, if it was asked. */
  findKnown(appId: string, endpoint: string): ApiQuota | null {
    const quota = this.known.get(keyOf(appId, endpoint));
    return quota && chinaDay(quota.askedAt) === chinaDay(this.clock.now()) ? quota : null;
  }

  private async askOne(app: WechatApp, endpoint: string): Promise<ApiQuota | null> {
    try {
      const body = { cgi_path: endpoint };
      const counts = await this.api.call({ app, endpoint: ENDPOINTS.getApiQuota, body }, readQuota);
      const quota = { ...counts, askedAt: this.clock.now() };
      this.known.set(keyOf(app.id, endpoint), quota);
      return quota;
    } catch (error) {
      const { cause } = error as { cause?: unknown };
      if (cause instanceof WechatErrcode && cause.errcode === NO_SUCH_ENDPOINT) return null;
      throw error;
    }
  }
}

function readQuota({ quota }: WechatReply): Omit<ApiQuota, 'askedAt'> {
  const { daily_limit: limit, used, remain } = (quota ?? {}) as Record<string, unknown>;
  const counts = { dailyLimit: Number(limit), used: Number(used), remaining: Number(remain) };
  if (!Object.values(counts).every(Number.isFinite)) throw new WechatReplyMalformed('no quota');
  return counts;
}

function keyOf(appId: string, endpoint: string): string {
  return `${appId} ${endpoint}`;
}
