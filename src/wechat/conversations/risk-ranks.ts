import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../../platform/observability/logger.js';
import { ENDPOINTS } from '../transport/endpoints.js';
import { type WechatReply, WechatReplyMalformed } from '../transport/wechat-replies.js';
import { WechatApi } from '../wechat.api.js';
import { type WechatApp, WechatConfig } from '../wechat.config.js';

/** Somebody who is about to register. */
export interface Registrant {
  appId: string;
  openid: string;
  clientIp: string;
  /** E.164. */
  phoneNumber?: string;
}

const REGISTRATION = 0;
const HIGHEST_RANK = 4;

/** How much WeChat distrusts a user. Nobody is kept out because WeChat does not say. */
@Injectable()
export class RiskRanks {
  constructor(
    private readonly api: WechatApi,
    private readonly config: WechatConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** 0 (harmless) to 4, within 300 ms; null when WeChat does not say. Either is written to the log. */
  async find(registrant: Registrant): Promise<number | null> {
    const app = this.config.getApp(registrant.appId);
    const call = { app, endpoint: ENDPOINTS.getUserRiskRank, body: bodyOf(app, registrant) };
    try {
      const riskRank = await this.api.call(call, readRank);
      this.logger.info({ appId: app.id, riskRank }, 'risk rank');
      return riskRank;
    } catch (err) {
      this.logger.warn({ appId: app.id, riskRank: null, err }, 'risk rank unknown, the user is let in');
      return null;
    }
  }
}

function bodyOf({ id }: WechatApp, { openid, clientIp, phoneNumber }: Registrant): object {
  const mobile = phoneNumber && { mobile_no: phoneNumber.replace(/^\+86/, '') };
  return { appid: id, openid, scene: REGISTRATION, client_ip: clientIp, ...mobile };
}

function readRank({ risk_rank: rank }: WechatReply): number {
  const value = Number(rank);
  if (rank === null || rank === '' || !Number.isInteger(value) || value < 0 || value > HIGHEST_RANK)
    throw new WechatReplyMalformed('no risk_rank');
  return value;
}
