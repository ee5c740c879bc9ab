import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { decryptOpenData, type OpenData } from '../../wechat/open-data/decrypt-open-data.js';
import { decryptionFailure } from '../../wechat/open-data/decryption-failure.js';
import { OpenDataProblem } from '../../wechat/open-data/open-data-problem.js';
import { isRawDataSigned, isSignature } from '../../wechat/open-data/raw-data-signature.js';
import { WechatSignatureInvalidError } from '../../wechat/wechat.errors.js';
import { UserSessionKeys, type TrustedKey } from '../wechat/user-session-keys.js';

/** Open data of a mini-program: what WeChat encrypted or signed with the user's session_key. */
@Injectable()
export class OpenDataService {
  constructor(
    private readonly keys: UserSessionKeys,
    private readonly clock: Clock,
  ) {}

  /**
   * Decrypts what belongs to this user. A key that does not fit is looked into: only WeChat knows whether it is stale.
   * @throws DecryptionFailedError with the cause as its detail, WechatNotBoundError, SessionKeyStaleError,
   * WechatAppUnknownError, WechatUnavailableError, WechatMisconfiguredError
   */
  async decrypt(
    userId: string,
    { appId, ...data }: { encryptedData: string; iv: string; appId?: string },
  ): Promise<Record<string, unknown>> {
    const key = await this.keys.getTrusted(userId, appId);
    try {
      return withoutForeignIds(decryptOpenData({ ...data, ...key }, { ...key, now: this.clock.now() }));
    } catch (error) {
      if (!(error instanceof OpenDataProblem)) throw error;
      if (error.mayBeWrongKey) await this.confirmOnce(userId, key);
      throw decryptionFailure(error);
    }
  }

  /**
   * Whether WeChat gave this text to a mini-program of this user.
   * @throws WechatSignatureInvalidError for what is no signature, and as `decrypt`
   */
  async verify(
    userId: string,
    { rawData, signature, appId }: { rawData: string; signature: string; appId?: string },
  ): Promise<boolean> {
    if (!isSignature(signature)) throw new WechatSignatureInvalidError({ detail: noSignature });
    const key = await this.keys.getTrusted(userId, appId);
    const isSigned = isRawDataSigned(rawData, signature, key.sessionKey);
    if (!isSigned) await this.confirmOnce(userId, key);
    return isSigned;
  }

  private async confirmOnce(userId: string, key: TrustedKey): Promise<void> {
    if (!key.isConfirmed) await this.keys.confirm(userId, key);
  }
}

const noSignature = {
  zh: 'signature 须为 40 位小写十六进制，即 wx.getUserInfo 返回的原值',
  en: 'signature must be 40 lower-case hex digits, as wx.getUserInfo gave it',
};

// An openid was compared with the user's own; without one, nothing says whose the unionid is.
function withoutForeignIds(openData: OpenData): Record<string, unknown> {
  const data: Record<string, unknown> = { ...openData };
  delete data.watermark;
  if (openData.openId === undefined) delete data.unionId;
  return data;
}
