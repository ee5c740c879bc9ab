import { Injectable } from '@nestjs/common';
import { SessionsService } from '../../sessions/sessions.service.js';
import { UsersService } from '../../users/users.service.js';
import type { WechatIdentity } from '../../wechat/conversations/wechat-identity.js';
import { type CodeLogin, LoginOnce } from './login-once.js';
import type { LoginResult, Origin } from './login-result.js';
import { RegistrationRisk } from './registration-risk.js';
import { type WechatCodes, WechatIdentities } from './wechat-identities.js';

/** Logging in with a code from `wx.login`, in one tap also with a phone number. */
@Injectable()
export class WechatLogin {
  constructor(
    private readonly once: LoginOnce,
    private readonly identities: WechatIdentities,
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly risk: RegistrationRisk,
  ) {}

  /** Exchanges the code, finds or makes the user, opens a session or takes one up. */
  async login(codes: WechatCodes, origin: Origin): Promise<LoginResult> {
    const method = codes.phoneCode === undefined ? 'wechat' : 'phone';
    const appId = this.identities.getAppId(codes.appId);
    const login = { method, appId, code: codes.loginCode } as const;
    return this.once.login(login, origin, async (codeHash) => {
      const identity = await this.identities.exchange({ ...codes, appId });
      return this.enter(identity, { ...codes, method, codeHash }, origin);
    });
  }

  private async enter(
    identity: WechatIdentity,
    { method, phoneCode, codeHash }: { method: CodeLogin['method']; phoneCode?: string; codeHash: Buffer },
    origin: Origin,
  ): Promise<LoginResult> {
    const login = await this.identities.withPhone(identity, phoneCode);
    const { user, isNewUser } = await this.users.findOrCreateByWechat(login);
    if (isNewUser) await this.risk.record(login, user.id, origin.client);
    const session = await this.sessions.open(user, {
      ...{ method, appId: identity.appId, codeHash, isNewUser },
      ...origin,
    });
    return { session, isNewUser };
  }
}
