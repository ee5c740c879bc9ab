import { Injectable } from '@nestjs/common';
import { LoginCodes, type WechatIdentity } from './conversations/login-codes.js';
import { PhoneNumbers, type PhoneTap, type WechatPhone } from './conversations/phone-numbers.js';
import { type Registrant, RiskRanks } from './conversations/risk-ranks.js';
import { type KeyHolder, SessionKeys } from './conversations/session-keys.js';

/**
 * Asks WeChat's server API, and says in this project's own errors what went wrong. Beside those named below every
 * method throws WechatAppUnknownError, WechatUnavailableError and WechatMisconfiguredError.
 */
@Injectable()
export class WechatClient {
  constructor(
    private readonly loginCodes: LoginCodes,
    private readonly phoneNumbers: PhoneNumbers,
    private readonly sessionKeys: SessionKeys,
    private readonly riskRanks: RiskRanks,
  ) {}

  /**
   * Learns from WeChat whose login code this is. A code works once, so two requests with the same code share one
   * exchange, and a code is never sent twice unless the first request surely did not leave.
   * @param appId without it the first configured mini-program
   * @throws LoginCodeInvalidError, LoginCodeUsedError, WechatUserBlockedError, WechatRateLimitedError
   */
  async exchangeLoginCode(code: string, appId?: string): Promise<WechatIdentity> {
    return this.loginCodes.exchange(code, appId);
  }

  /**
   * The phone number behind a code of the getPhoneNumber button, if this openid tapped it.
   * @throws PhoneCodeInvalidError, WechatRateLimitedError
   */
  async getPhoneNumber(tap: PhoneTap): Promise<WechatPhone> {
    return this.phoneNumbers.get(tap);
  }

  /** Whether WeChat still encrypts with this session_key; asked before a stored one is trusted. */
  async isSessionKeyValid(holder: KeyHolder): Promise<boolean> {
    return this.sessionKeys.isValid(holder);
  }

  /** Makes WeChat replace the session_key; null when this one has ended already. */
  async resetSessionKey(holder: KeyHolder): Promise<string | null> {
    return this.sessionKeys.reset(holder);
  }

  /** How risky WeChat thinks somebody is who registers, 0 to 4; null when it does not say within 300 ms. */
  async getRiskRank(registrant: Registrant): Promise<number | null> {
    return this.riskRanks.find(registrant);
  }
}
