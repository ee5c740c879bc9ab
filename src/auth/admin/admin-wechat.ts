import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { ApiQuotas, type EndpointQuota } from '../../wechat/status/api-quotas.js';
import { type WechatAppStatus, WechatStatus } from '../../wechat/status/wechat-status.js';
import { actorOf, type AdminAct } from '../standing/user-act.js';

/** The mini-programs, for those who run this server. */
@Injectable()
export class AdminWechat {
  constructor(
    private readonly status: WechatStatus,
    private readonly quotas: ApiQuotas,
    private readonly audit: AuditLog,
  ) {}

  list(): Promise<WechatAppStatus[]> {
    return this.status.list();
  }

  /** @throws WechatAppUnknownError, WechatUnavailableError, WechatMisconfiguredError */
  async askQuota(appId: string, endpoint: string | undefined, by: AdminAct): Promise<EndpointQuota[]> {
    const answer = await this.quotas.ask(appId, endpoint);
    const detail = { appId, endpoint: endpoint ?? null };
    this.audit.record({ type: 'admin.quota_asked', outcome: 'ok', ...actorOf(by), detail });
    return answer;
  }
}
