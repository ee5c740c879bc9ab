import { Injectable } from '@nestjs/common';
import { PhoneCodes } from '../../users/phones/phone-codes.js';
import type { WechatLogin } from '../../users/wechat/wechat-store.js';
import type { WechatIdentity } from '../../wechat/conversations/wechat-identity.js';
import { WechatClient } from '../../wechat/wechat.client.js';
import { WechatConfig } from '../../wechat/wechat.config.js';

/** What a mini-program sends of WeChat's to log in. */
export interface WechatCodes {
  loginCode: string;
  /** From the getPhoneNumber button. */
  phoneCode?: string;
  /** Without it the first configured mini-program. */
  appId?: string;
}

/** Learns from WeChat's codes who is logging in. */
@Injectable()
export class WechatIdentities {
  constructor(
    private readonly wechat: WechatClient,
    private readonly phones: PhoneCodes,
    private readonly config: WechatConfig,
  ) {}

  /** @throws WechatAppUnknownError */
  getAppId(appId?: string): string {
    return this.config.getApp(appId ?? undefined).id;
  }

  /**
   * Who made the login code; uses it up.
   * @throws LoginCodeInvalidError, LoginCodeUsedError, WechatUserBlockedError, WechatRateLimitedError,
   * WechatUnavailableError, WechatMisconfiguredError
   */
  exchange({ loginCode, appId }: WechatCodes & { appId: string }): Promise<WechatIdentity> {
    return this.wechat.exchangeLoginCode(loginCode, appId);
  }

  /**
   * Adds the number behind a phone code, if there is one, which the same WeChat account must have tapped for.
   * @throws PhoneCodeInvalidError, WechatRateLimitedError, WechatUnavailableError, WechatMisconfiguredError,
   * ServiceUnavailableError
   */
  async withPhone(identity: WechatIdentity, phoneCode?: string): Promise<WechatLogin> {
    if (phoneCode === undefined) return identity;
    const { appId, openid } = identity;
    return { ...identity, phone: await this.phones.read({ appId, openid, code: phoneCode }) };
  }
}
