import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { LOGGER } from '../platform/observability/logger.js';
import { errorForErrcode, fixFor, unavailable } from './wechat-errcodes.js';
import { readIdentity, WechatErrcode, type WechatIdentity } from './wechat-replies.js';
import { type WechatApp, WechatConfig } from './wechat.config.js';
import { LoginCodeInvalidError, WechatAppUnknownError } from './wechat.errors.js';
import { WechatHttp, WechatUnreachable } from './wechat.http.js';

const CODE2SESSION = '/sns/jscode2session';
const LOGIN_CODE = /^[\w-]{1,128}$/; // WeChat documents no format; real ones have 32 such characters

/** Asks WeChat's server API, and says in this project's own errors what went wrong. */
@Injectable()
export class WechatClient {
  private readonly exchanges = new Map<string, Promise<WechatIdentity>>();

  constructor(
    private readonly http: WechatHttp,
    private readonly config: WechatConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Learns from WeChat whose login code this is. A code works once, so two requests with the same code share one
   * exchange, and a code is never sent twice unless the first request surely did not leave.
   * @param appId without it the first configured mini-program
   * @throws WechatAppUnknownError, LoginCodeInvalidError, LoginCodeUsedError, WechatUserBlockedError,
   * WechatRateLimitedError, WechatUnavailableError, WechatMisconfiguredError
   */
  async exchangeLoginCode(code: string, appId?: string): Promise<WechatIdentity & { appId: string }> {
    const app = this.config.findApp(appId);
    if (!app) throw new WechatAppUnknownError();
    if (!LOGIN_CODE.test(code)) throw new LoginCodeInvalidError({ detail: mockCodeDetail });
    return { appId: app.id, ...(await this.exchangeOnce(app, code)) };
  }

  private exchangeOnce(app: WechatApp, code: string): Promise<WechatIdentity> {
    const key = createHash('sha256').update(`${app.id}:${code}`).digest('base64');
    const running = this.exchanges.get(key);
    if (running) return running;
    const exchange = this.exchange(app, code).finally(() => this.exchanges.delete(key));
    this.exchanges.set(key, exchange);
    return exchange;
  }

  private async exchange(app: WechatApp, code: string): Promise<WechatIdentity> {
    const parameters = { appid: app.id, secret: app.secret, js_code: code, grant_type: 'authorization_code' };
    const deadline = AbortSignal.timeout(this.config.deadlineMs);
    const ask = () => this.http.get(CODE2SESSION, parameters, deadline);
    try {
      return readIdentity(
        await ask().catch((error: unknown) => (isUndelivered(error) ? ask() : Promise.reject(error))),
      );
    } catch (error) {
      throw this.explain(error, app, CODE2SESSION);
    }
  }

  private explain(error: unknown, app: WechatApp, endpoint: string): Error {
    if (!(error instanceof WechatErrcode)) return unavailable(error);
    const { errcode, rid, serverAddress } = error;
    this.logger.warn({ appId: app.id, endpoint, errcode, rid, serverAddress, fix: fixFor(errcode) }, 'WeChat refused');
    return errorForErrcode(errcode, error);
  }
}

const mockCodeDetail = {
  zh: '这不是微信签发的 code；开发者工具使用测试号时会返回模拟的 code',
  en: 'This is not a code made by WeChat; DevTools with a test AppID gives a mock one',
};

function isUndelivered(error: unknown): boolean {
  return error instanceof WechatUnreachable && error.isUndelivered;
}
