import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { Client } from '../../platform/identity/client.js';
import type { UserSummary } from '../user-summary.js';
import { UsersService } from '../users.service.js';
import { UserSessionKeys } from '../wechat/user-session-keys.js';
import { PhoneCodes } from './phone-codes.js';

/** The phone number of a signed-in user. */
@Injectable()
export class PhoneService {
  constructor(
    private readonly accounts: UserSessionKeys,
    private readonly codes: PhoneCodes,
    private readonly users: UsersService,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Gives the user the number that their own WeChat account proves, in place of the one they had.
   * @throws WechatAppUnknownError, WechatNotBoundError, PhoneCodeInvalidError, PhoneTakenError, WechatRateLimitedError,
   * WechatUnavailableError, WechatMisconfiguredError, ServiceUnavailableError
   */
  async replace(
    userId: string,
    { code, appId }: { code: string; appId?: string },
    client: Client,
  ): Promise<UserSummary> {
    const account = await this.accounts.getAccount(userId, appId);
    const phone = await this.codes.read({ appId: account.appId, openid: account.openid, code });
    const user = await this.users.setPhone(userId, phone);
    this.audit.record({ type: 'phone.set', outcome: 'ok', userId, client, detail: { appId: account.appId } });
    return user;
  }
}
