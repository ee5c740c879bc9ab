import { Injectable } from '@nestjs/common';
import { WechatClient } from '../../wechat/wechat.client.js';
import { WechatConfig } from '../../wechat/wechat.config.js';
import { WechatAppUnknownError } from '../../wechat/wechat.errors.js';

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
    private readonly config: WechatConfig,
  ) {}

  /** @throws WechatAppUnknownError */
  getAppId(appId?: string): string {
    const app = this.config.findApp(appId ?? undefined);
    if (!app) throw new WechatAppUnknownError();
    return app.id;
  }

  exchange({ loginCode, appId }: WechatCodes & { appId: string }) {
    return this.wechat.exchangeLoginCode(loginCode, appId);
  }
}
