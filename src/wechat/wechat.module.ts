import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../platform/config/environment.js';
import { AccessTokenStore } from './access-token/access-token-store.js';
import { AccessTokens } from './access-token/access-tokens.js';
import { StableTokens } from './access-token/stable-tokens.js';
import { LoginCodes } from './conversations/login-codes.js';
import { PhoneNumbers } from './conversations/phone-numbers.js';
import { RiskRanks } from './conversations/risk-ranks.js';
import { SessionKeys } from './conversations/session-keys.js';
import { ApiSigning } from './signing/api-signing.js';
import { connectionAgents } from './transport/connections.js';
import { Resilience } from './transport/resilience.js';
import { WechatCalls } from './transport/wechat-calls.js';
import { WechatHttp } from './transport/wechat-http.js';
import { WechatTroubles } from './transport/wechat-troubles.js';
import { UsageTable } from './usage/usage-table.js';
import { WechatUsage } from './usage/wechat-usage.js';
import { WechatApi } from './wechat.api.js';
import { WechatClient } from './wechat.client.js';
import { WechatConfig } from './wechat.config.js';

const REPLY_MAX_BYTES = 256 * 1024;

/** The conversation with WeChat's server API, and nothing else. */
@Module({
  imports: [
    HttpModule.register({
      ...connectionAgents(),
      responseType: 'text',
      transformRequest: (body: string) => body, // it may be signed
      transformResponse: (body: string) => body, // read as text first: WeChat's content types cannot be trusted
      validateStatus: () => true,
      maxRedirects: 0,
      maxContentLength: REPLY_MAX_BYTES,
      proxy: false,
    }),
  ],
  providers: [
    {
      provide: WechatConfig,
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment) => new WechatConfig(environment),
    },
    ...[WechatClient, LoginCodes, PhoneNumbers, SessionKeys, RiskRanks],
    ...[WechatApi, AccessTokens, AccessTokenStore, StableTokens, ApiSigning],
    ...[WechatCalls, WechatHttp, Resilience, WechatTroubles],
    ...[WechatUsage, UsageTable],
  ],
  exports: [WechatClient, WechatApi, WechatConfig, WechatUsage, AccessTokens],
})
export class WechatModule {}
