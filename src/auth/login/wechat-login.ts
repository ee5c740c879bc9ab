import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { AppError } from '../../platform/errors/app-error.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import { UsersService } from '../../users/users.service.js';
import { WechatClient } from '../../wechat/wechat.client.js';
import type { LoginResult, Origin } from './login-result.js';

/** Logging in with a code from `wx.login`. */
@Injectable()
export class WechatLogin {
  constructor(
    private readonly wechat: WechatClient,
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly audit: AuditLog,
  ) {}

  /** Exchanges the code, finds or makes the user, opens a session. */
  async login(input: { code: string; appId?: string }, { client, device }: Origin): Promise<LoginResult> {
    const identity = await this.exchange(input, { client });
    const { user, isNewUser } = await this.users.findOrCreateByWechat(identity);
    const { appId } = identity;
    const session = await this.sessions.open(user, { method: 'wechat', client, device, appId });
    const detail = { method: 'wechat', appId, isNewUser };
    this.audit.record({ type: 'login', outcome: 'ok', userId: user.id, sessionId: session.id, client, detail });
    return { session, isNewUser };
  }

  private async exchange({ code, appId }: { code: string; appId?: string }, { client }: Origin) {
    try {
      return await this.wechat.exchangeLoginCode(code, appId);
    } catch (error) {
      const reason = error instanceof AppError ? error.type.code : 'internal';
      this.audit.record({ type: 'login', outcome: 'refused', client, detail: { method: 'wechat', appId, reason } });
      throw error;
    }
  }
}
