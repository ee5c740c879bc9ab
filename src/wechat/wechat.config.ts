import type { Environment } from '../platform/config/environment.js';
import type { WechatAppSetting } from '../platform/config/wechat-app.schema.js';
import { WechatAppUnknownError } from './wechat.errors.js';

/** One configured mini-program. */
export type WechatApp = WechatAppSetting;

type WechatEnvironment = Pick<
  Environment,
  | 'WECHAT_APPS'
  | 'WECHAT_LOGIN_TIMEOUT_MS'
  | 'WECHAT_API_BASE_URL'
  | 'WECHAT_API_FALLBACK_URL'
  | 'WECHAT_PHONE_DAILY_WARNING'
>;

/** What the conversation with WeChat needs to know. */
export class WechatConfig {
  /** The hosts to try, the second only when nothing reached the first; one host alone is tried twice. */
  readonly baseUrls: readonly [string, string];
  /** Phone numbers a day and app, each about CNY 0.03, above which the log warns. */
  readonly phoneDailyWarning: number;
  /** For the exchange of a login code; WeChat cuts the mini-program's own request 5 s after it is in the background. */
  readonly loginTimeoutMs: number;
  private readonly apps: Map<string, WechatApp>;
  private readonly firstAppId: string;

  constructor(environment: WechatEnvironment) {
    const { WECHAT_API_BASE_URL: baseUrl, WECHAT_API_FALLBACK_URL: fallbackUrl = baseUrl } = environment;
    this.baseUrls = [withoutSlash(baseUrl), withoutSlash(fallbackUrl)];
    this.loginTimeoutMs = environment.WECHAT_LOGIN_TIMEOUT_MS;
    this.phoneDailyWarning = environment.WECHAT_PHONE_DAILY_WARNING;
    this.apps = new Map(environment.WECHAT_APPS.map((app) => [app.id, app]));
    this.firstAppId = environment.WECHAT_APPS[0]?.id ?? '';
  }

  /** Of every configured mini-program, in the order of the configuration. */
  get appIds(): string[] {
    return [...this.apps.keys()];
  }

  /** Without an id the first configured app: most servers have one. */
  findApp(id?: string | null): WechatApp | null {
    return this.apps.get(id ?? this.firstAppId) ?? null;
  }

  /** @throws WechatAppUnknownError */
  getApp(id?: string | null): WechatApp {
    const app = this.findApp(id);
    if (!app) throw new WechatAppUnknownError();
    return app;
  }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
