import { IsIn, IsOptional } from 'class-validator';
import { type ApiQuota, type EndpointQuota, QUOTA_ENDPOINTS } from '../../../wechat/status/api-quotas.js';
import type { EndpointUsage, WechatAppStatus } from '../../../wechat/status/wechat-status.js';

/** WeChat's own count of one endpoint's day. */
export class ApiQuotaDto {
  /** @example 10000 */
  dailyLimit: number;

  /** @example 128 */
  used: number;

  /** @example 9872 */
  remaining: number;

  /** @example 2026-11-23T02:53:35.123Z */
  askedAt: Date;

  static from({ dailyLimit, used, remaining, askedAt }: ApiQuota): ApiQuotaDto {
    return { dailyLimit, used, remaining, askedAt };
  }
}

/** What WeChat says of one endpoint's quota. */
export class EndpointQuotaDto {
  /** @example /wxa/business/getuserphonenumber */
  endpoint: string;

  /** Null where WeChat keeps none. */
  quota: ApiQuotaDto | null;

  static from({ endpoint, quota }: EndpointQuota): EndpointQuotaDto {
    return { endpoint, quota: quota && ApiQuotaDto.from(quota) };
  }
}

/** How often one endpoint was asked today, by all processes. */
export class EndpointUsageDto {
  /** @example /sns/jscode2session */
  endpoint: string;

  /** @example 128 */
  calls: number;

  /**
   * Of these, those that did not end well.
   * @example 2
   */
  errors: number;

  /** As WeChat said when it was last asked today; null when it was not. */
  quota: ApiQuotaDto | null;

  static from({ endpoint, calls, errors, quota }: EndpointUsage): EndpointUsageDto {
    return { endpoint, calls, errors, quota: quota && ApiQuotaDto.from(quota) };
  }
}

/** WeChat's access_token that is in use; the token itself is shown to nobody. */
export class AccessTokenStateDto {
  /** @example 2026-11-23T04:53:35.123Z */
  expiresAt: Date;
}

/** How the conversation with WeChat goes for one mini-program. */
export class WechatAppDto {
  /** @example wx0000000000000001 */
  appId: string;

  /** @example 商城 */
  name: string | null;

  /**
   * Open when WeChat failed so often that calls are held back.
   * @example closed
   */
  circuit: 'closed' | 'half_open' | 'open';

  /** Null when none was needed yet. */
  accessToken: AccessTokenStateDto | null;

  /** The day is China's. */
  today: EndpointUsageDto[];

  static from({ appId, name, circuit, accessToken, today }: WechatAppStatus): WechatAppDto {
    const usage = today.map((line) => EndpointUsageDto.from(line));
    return { appId, name, circuit, accessToken: accessToken && { expiresAt: accessToken.expiresAt }, today: usage };
  }
}

export class QuotaQuestionDto {
  /**
   * One endpoint; without it all that this server uses.
   * @example /wxa/business/getuserphonenumber
   */
  @IsIn(QUOTA_ENDPOINTS)
  @IsOptional()
  endpoint?: string;
}
