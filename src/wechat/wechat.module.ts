import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../platform/config/environment.js';
import { PushConfig } from './push/push.config.js';
import { WechatPush } from './push/wechat-push.js';
import { AccessTokenStore } from './access-token/access-token-store.js';
import { AccessTokens } from './access-token/access-tokens.js';
import { StableTokens } from './access-token/stable-tokens.js';
import { LoginCodes } from './conversations/login-codes.js';
import { PhoneNumbers } from './conversations/phone-numbers.js';
import { RiskRanks } from './conversations/risk-ranks.js';
import { SessionKeys } from './conversations/session-keys.js';
import { ApiSigning } from './signing/api-signing.js';
import { httpOptions } from './transport/http-options.js';
import { Resilience } from './transport/resilience.js';
import { WechatCalls } from './transport/wechat-calls.js';
import { WechatHttp } from './transport/wechat-http.js';
import { WechatTroubles } from './transport/wechat-troubles.js';
import { ApiQuotas } from './status/api-quotas.js';
import { WechatRetention } from './retention/wechat-retention.js';
import { WechatStatus } from './status/wechat-status.js';
import { UsageTable } from './usage/usage-table.js';
import { WechatUsage } from './usage/wechat-usage.js';
import { WechatApi } from './wechat.api.js';
import { WechatClient } from './wechat.client.js';
import { WechatConfig } from './wechat.config.js';

/** The conversation with WeChat's server API and the pushes that come from it, and nothing else. */
@Module({
  imports: [HttpModule.register(httpOptions())],
  providers: [
    {
      provide: WechatConfig,
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment) => new WechatConfig(environment),
    },
    ...[WechatClient, LoginCodes, PhoneNumbers, SessionKeys, RiskRanks],
    ...[WechatApi, AccessTokens, AccessTokenStore, StableTokens, ApiSigning],
    ...[WechatCalls, WechatHttp, Resilience, WechatTroubles],
    ...[WechatUsage, UsageTable, ApiQuotas, WechatStatus, WechatRetention],
    {
      provide: PushConfig,
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment) => new PushConfig(environment),
    },
    WechatPush,
  ],
  exports: [WechatClient, WechatApi, WechatConfig, WechatUsage, AccessTokens, WechatPush, ApiQuotas, WechatStatus],
})
export class WechatModule {}
