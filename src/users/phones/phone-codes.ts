import { Injectable } from '@nestjs/common';
import { errorTypeOf } from '../../platform/errors/app-error.js';
import { FailedBeforeError, OneTimeResults, UsedByAnotherError } from '../../platform/one-time/one-time-results.js';
import { codeFailure } from '../../wechat/code-failures.js';
import { WechatClient } from '../../wechat/wechat.client.js';
import { PhoneCodeInvalidError } from '../../wechat/wechat.errors.js';
import type { Phone } from './phones.js';

const KEPT_SECONDS = 5 * 60; // as long as WeChat's code

/** Phone numbers for the codes of the getPhoneNumber button, each asked for once: WeChat bills and burns them. */
@Injectable()
export class PhoneCodes {
  constructor(
    private readonly results: OneTimeResults,
    private readonly wechat: WechatClient,
  ) {}

  /**
   * The number behind the code, from its first use if there was one: only the WeChat account that tapped gets it.
   * @throws PhoneCodeInvalidError, WechatRateLimitedError, WechatUnavailableError, WechatMisconfiguredError,
   * ServiceUnavailableError when the first use takes too long
   */
  async read({ appId, code, openid }: { appId: string; code: string; openid: string }): Promise<Phone> {
    const use = { purpose: 'phone', appId, code, requester: openid, keptSeconds: KEPT_SECONDS };
    const perform = async (): Promise<Phone> => {
      const { phoneNumber } = await this.wechat.getPhoneNumber({ appId, code, openid });
      return { phoneNumber };
    };
    try {
      return await this.results.once(use, { perform, failureOf: codeFailure });
    } catch (error) {
      if (error instanceof UsedByAnotherError) throw new PhoneCodeInvalidError({ cause: error });
      throw error instanceof FailedBeforeError ? repeatedFailure(error) : error;
    }
  }
}

function repeatedFailure(error: FailedBeforeError): PhoneCodeInvalidError {
  const isRefused = error.failure === errorTypeOf(PhoneCodeInvalidError).code;
  return new PhoneCodeInvalidError({ cause: error, detail: isRefused ? undefined : tapAgain });
}

const tapAgain = {
  zh: '这个 code 的上一次请求没有完成，请重新点击获取手机号按钮',
  en: 'The last request with this code was not completed: tap the button again',
};
