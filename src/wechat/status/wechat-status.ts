import { Injectable } from '@nestjs/common';
import { AccessTokens } from '../access-token/access-tokens.js';
import { type CircuitState, Resilience } from '../transport/resilience.js';
import { WechatUsage } from '../usage/wechat-usage.js';
import type { UsageOfDay } from '../usage/usage-table.js';
import { WechatConfig } from '../wechat.config.js';
import { ApiQuotas, type ApiQuota } from './api-quotas.js';

/** How often one endpoint was asked today, by all processes. */
export interface EndpointUsage {
  endpoint: string;
  calls: number;
  /** Of these, those that did not end well. */
  errors: number;
  /** As WeChat told this process last, today; null when it was not asked. */
  quota: ApiQuota | null;
}

/** How the conversation with WeChat goes for one mini-program. */
export interface WechatAppStatus {
  appId: string;
  name: string | null;
  circuit: CircuitState;
  accessToken: { expiresAt: Date } | null;
  today: EndpointUsage[];
}

/** How the conversation with WeChat goes, for those who run this server. */
@Injectable()
export class WechatStatus {
  constructor(
    private readonly config: WechatConfig,
    private readonly resilience: Resilience,
    private readonly tokens: AccessTokens,
    private readonly usage: WechatUsage,
    private readonly quotas: ApiQuotas,
  ) {}

  /** Every configured mini-program, in the order of the configuration. */
  list(): Promise<WechatAppStatus[]> {
    return Promise.all(this.config.appIds.map((appId) => this.statusOf(appId)));
  }

  private async statusOf(appId: string): Promise<WechatAppStatus> {
    const app = this.config.getApp(appId);
    const expiresAt = await this.tokens.findExpiry(app);
    const usage = addUp(await this.usage.today(appId));
    const today = usage.map((line) => ({ ...line, quota: this.quotas.findKnown(appId, line.endpoint) }));
    const accessToken = expiresAt && { expiresAt };
    return { appId, name: app.name ?? null, circuit: this.resilience.worstCircuit(), accessToken, today };
  }
}

function addUp(lines: UsageOfDay[]): Omit<EndpointUsage, 'quota'>[] {
  const sums = new Map<string, Omit<EndpointUsage, 'quota'>>();
  for (const { endpoint, outcome, calls } of lines) {
    const sum = sums.get(endpoint) ?? { endpoint, calls: 0, errors: 0 };
    sum.calls += calls;
    if (outcome !== 'ok') sum.errors += calls;
    sums.set(endpoint, sum);
  }
  return [...sums.values()];
}
