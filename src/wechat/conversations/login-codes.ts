import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { withinDeadline } from '../transport/deadline.js';
import { ENDPOINTS } from '../transport/endpoints.js';
import { WechatCalls } from '../transport/wechat-calls.js';
import { WechatTroubles } from '../transport/wechat-troubles.js';
import { type WechatApp, WechatConfig } from '../wechat.config.js';
import { LoginCodeInvalidError } from '../wechat.errors.js';
import { readIdentity, type WechatIdentity } from './wechat-identity.js';

const LOGIN_CODE = /^[\w-]{1,128}$/; // WeChat documents no format; real ones have 32 such characters

/** Login codes, each sent once: it works once. */
@Injectable()
export class LoginCodes {
  private readonly exchanges = new Map<string, Promise<WechatIdentity>>();

  constructor(
    private readonly calls: WechatCalls,
    private readonly troubles: WechatTroubles,
    private readonly config: WechatConfig,
  ) {}

  /** Requests with the same code share one exchange. */
  async exchange(code: string, appId?: string): Promise<WechatIdentity> {
    const app = this.config.getApp(appId);
    if (!LOGIN_CODE.test(code)) throw new LoginCodeInvalidError({ detail: mockCodeDetail });
    const key = createHash('sha256').update(`${app.id}:${code}`).digest('base64');
    const running = this.exchanges.get(key);
    if (running) return running;
    const exchange = this.ask(app, code).finally(() => this.exchanges.delete(key));
    this.exchanges.set(key, exchange);
    return exchange;
  }

  private async ask(app: WechatApp, code: string): Promise<WechatIdentity> {
    const call = { app, endpoint: ENDPOINTS.code2Session };
    const query = { appid: app.id, secret: app.secret, js_code: code, grant_type: 'authorization_code' };
    try {
      const reply = await withinDeadline(this.config.loginTimeoutMs, (signal) =>
        this.calls.send(call, signal, () => ({ query })),
      );
      return { appId: app.id, ...readIdentity(reply) };
    } catch (error) {
      throw this.troubles.explain(error, call);
    }
  }
}

const mockCodeDetail = {
  zh: '这不是微信签发的 code；开发者工具使用测试号时会返回模拟的 code',
  en: 'This is not a code made by WeChat; DevTools with a test AppID gives a mock one',
};
