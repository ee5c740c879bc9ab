import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { HttpAgent, HttpsAgent } from 'agentkeepalive';
import { ENVIRONMENT, type Environment } from '../platform/config/environment.js';
import { WechatClient } from './wechat.client.js';
import { WechatConfig } from './wechat.config.js';
import { WechatHttp } from './wechat.http.js';

const REPLY_MAX_BYTES = 256 * 1024;
// A connection idle for longer may be closed by the other side just as it is used again, which would cost a login code.
const AGENT = { freeSocketTimeout: 4_000, maxSockets: 64, maxFreeSockets: 16 };

/** The conversation with WeChat's server API, and nothing else. */
@Module({
  imports: [
    HttpModule.register({
      httpAgent: new HttpAgent(AGENT),
      httpsAgent: new HttpsAgent(AGENT),
      responseType: 'text',
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
    WechatHttp,
    WechatClient,
  ],
  exports: [WechatClient, WechatConfig],
})
export class WechatModule {}
