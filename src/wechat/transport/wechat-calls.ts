import { Injectable } from '@nestjs/common';
import { WechatUsage } from '../usage/wechat-usage.js';
import type { WechatApp } from '../wechat.config.js';
import type { WechatEndpoint } from './endpoints.js';
import { outcomeOf } from './outage.js';
import { Resilience } from './resilience.js';
import { WechatHttp, type WechatRequest } from './wechat-http.js';
import { readReply, type WechatAnswer, type WechatReply } from './wechat-replies.js';

/** Which endpoint is asked for which mini-program. */
export interface WechatCall {
  app: WechatApp;
  endpoint: WechatEndpoint;
}

/** A request, and how its answer is read when it is not plain JSON. */
export interface PreparedRequest extends WechatRequest {
  read?: (answer: WechatAnswer) => WechatReply;
}

/** Every request to WeChat goes through here: guarded against its outages, and counted. */
@Injectable()
export class WechatCalls {
  constructor(
    private readonly http: WechatHttp,
    private readonly resilience: Resilience,
    private readonly usage: WechatUsage,
  ) {}

  /**
   * @param prepare makes the request anew for each try
   * @throws WechatErrcode, WechatUnreachable, WechatReplyMalformed, and what Resilience turns away with
   */
  send(call: WechatCall, signal: AbortSignal, prepare: () => PreparedRequest): Promise<WechatReply> {
    return this.resilience.run(call.endpoint, signal, () => this.sendOnce(call, signal, prepare()));
  }

  private async sendOnce(
    { app, endpoint }: WechatCall,
    signal: AbortSignal,
    { read = readReply, ...request }: PreparedRequest,
  ): Promise<WechatReply> {
    const count = (outcome: string) => this.usage.count({ appId: app.id, endpoint: endpoint.path, outcome });
    try {
      const reply = read(await this.http.send(endpoint, request, signal));
      count('ok');
      return reply;
    } catch (error) {
      count(outcomeOf(error));
      throw error;
    }
  }
}
