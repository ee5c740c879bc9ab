import { Injectable } from '@nestjs/common';
import { ENDPOINTS } from '../transport/endpoints.js';
import { type WechatReply, WechatReplyMalformed } from '../transport/wechat-replies.js';
import { WechatApi } from '../wechat.api.js';
import { WechatConfig } from '../wechat.config.js';
import { PhoneCodeInvalidError } from '../wechat.errors.js';

/** A tap on the getPhoneNumber button, and whose it should have been. */
export interface PhoneTap {
  appId: string;
  code: string;
  openid: string;
}

/** A phone number that WeChat has verified. */
export interface WechatPhone {
  /** E.164, such as `+8613800138000`. */
  phoneNumber: string;
  /** Without the plus. */
  countryCode: string;
  /** Without the country code. */
  purePhoneNumber: string;
}

const PHONE_CODE = /^[\w-]{1,128}$/; // as undocumented as that of login codes
const COUNTRY_CODE = /^[1-9]\d{0,3}$/;
const PURE_NUMBER = /^\d{4,15}$/;

/** Phone numbers for the codes of the getPhoneNumber button. */
@Injectable()
export class PhoneNumbers {
  constructor(
    private readonly api: WechatApi,
    private readonly config: WechatConfig,
  ) {}

  /** The openid lets WeChat refuse a code that was tapped by somebody else. */
  async get({ appId, code, openid }: PhoneTap): Promise<WechatPhone> {
    const app = this.config.getApp(appId);
    if (!PHONE_CODE.test(code)) throw new PhoneCodeInvalidError();
    const call = { app, endpoint: ENDPOINTS.getPhoneNumber, body: { code, openid } };
    const { phone, watermarkAppId } = await this.api.call(call, readPhone);
    if (watermarkAppId !== app.id)
      throw new PhoneCodeInvalidError({ cause: new Error('the watermark is of another app') });
    return phone;
  }
}

function readPhone({ phone_info: info }: WechatReply): { phone: WechatPhone; watermarkAppId: unknown } {
  const { countryCode: country, purePhoneNumber: pure, watermark } = objectOf(info);
  const [countryCode, purePhoneNumber] = [String(country), String(pure)]; // countryCode comes as number and as text
  if (!COUNTRY_CODE.test(countryCode) || !PURE_NUMBER.test(purePhoneNumber))
    throw new WechatReplyMalformed('no phone number');
  const phone = { phoneNumber: `+${countryCode}${purePhoneNumber}`, countryCode, purePhoneNumber };
  return { phone, watermarkAppId: objectOf(watermark).appid };
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
