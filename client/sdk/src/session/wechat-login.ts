import { AuthError, clientError, failureOf, type Locale } from '../errors/auth-error.js';
import { call } from '../wx/call.js';
import { describeDevice, type DeviceDescription } from '../wx/device.js';
import type { WxLike } from '../wx/wx-like.js';

/** What goes with every login. */
export interface LoginContext {
  appId?: string;
  device: DeviceDescription;
}

const LOGIN_TIMEOUT_MS = 8000;
const SPENT = ['wechat.login_code_invalid', 'wechat.login_code_used'];

/** Gets codes from `wx.login`, one for each login. */
export class WechatLogin {
  constructor(
    private readonly wx: WxLike,
    private readonly locale: Locale,
    private readonly appId?: string,
  ) {}

  context(deviceId: string): LoginContext {
    return { appId: this.appId, device: describeDevice(this.wx, deviceId) };
  }

  /** A code that the server finds spent is replaced once. */
  async withCode(send: (code: string) => Promise<unknown>): Promise<unknown> {
    try {
      return await send(await this.code());
    } catch (error) {
      if (!(error instanceof AuthError && SPENT.includes(error.code))) throw error;
      return send(await this.code());
    }
  }

  private async code(): Promise<string> {
    const { wx, locale } = this;
    const result = await call<{ code: string }>(
      (callbacks) => wx.login({ timeout: LOGIN_TIMEOUT_MS, ...callbacks }),
      LOGIN_TIMEOUT_MS + 1000,
    ).catch((failure: unknown) => {
      throw failureOf(failure, 'client.wechat_login_failed', locale);
    });
    if (!result.code) throw clientError('client.wechat_login_failed', locale, { cause: result });
    return result.code;
  }
}
