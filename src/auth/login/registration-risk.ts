import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { Client } from '../../platform/identity/client.js';
import type { WechatLogin } from '../../users/wechat/wechat-store.js';
import { WechatClient } from '../../wechat/wechat.client.js';
import { WechatConfig } from '../../wechat/wechat.config.js';

/** Asks what WeChat thinks of somebody new, where the mini-program is set to, and keeps the answer in the audit trail. */
@Injectable()
export class RegistrationRisk {
  constructor(
    private readonly wechat: WechatClient,
    private readonly config: WechatConfig,
    private readonly audit: AuditLog,
  ) {}

  /** Takes at most 300 ms and refuses nobody: an unknown rank is recorded as null. */
  async record({ appId, openid, phone }: WechatLogin, userId: string, client: Client): Promise<void> {
    if (!this.config.getApp(appId).riskRank) return;
    const registrant = { appId, openid, clientIp: client.ipAddress, phoneNumber: phone?.phoneNumber };
    const riskRank = await this.wechat.getRiskRank(registrant);
    this.audit.record({ type: 'registration.risk', outcome: 'ok', userId, client, detail: { appId, riskRank } });
  }
}
