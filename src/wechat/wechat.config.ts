import type { Environment } from '../platform/config/environment.js';

export interface WechatApp {
  id: string;
  secret: string;
}

/** What the conversation with WeChat needs to know. */
export class WechatConfig {
  /** Below the 5 s after which WeChat cuts the mini-program's own request once it is in the background. */
  readonly deadlineMs = 4_000;
  readonly baseUrl: string;
  private readonly apps: Map<string, WechatApp>;
  private readonly firstAppId: string;

  constructor(environment: Pick<Environment, 'WECHAT_APPS' | 'WECHAT_API_BASE_URL'>) {
    this.baseUrl = environment.WECHAT_API_BASE_URL.replace(/\/+$/, '');
    this.apps = new Map(environment.WECHAT_APPS.map((app) => [app.id, app]));
    this.firstAppId = environment.WECHAT_APPS[0]?.id ?? '';
  }

  /** Without an id the first configured app: most servers have one. */
  findApp(id?: string | null): WechatApp | null {
    return this.apps.get(id ?? this.firstAppId) ?? null;
  }
}
