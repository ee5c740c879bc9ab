import { Injectable } from '@nestjs/common';
import { AccessTokens } from './access-token/access-tokens.js';
import { ApiSigning } from './signing/api-signing.js';
import { withinDeadline } from './transport/deadline.js';
import { type WechatCall, WechatCalls } from './transport/wechat-calls.js';
import { WechatErrcode, type WechatReply } from './transport/wechat-replies.js';
import { WechatTroubles } from './transport/wechat-troubles.js';

/** A call and what it says; the access_token is not the caller's business. */
export interface WechatApiCall extends WechatCall {
  query?: Record<string, string>;
  body?: object;
}

// What WeChat says of an access_token that it does not take (any more).
const TOKEN_REFUSALS = [40001, 40014, 42001];

/** Every endpoint of WeChat that wants an access_token is asked through here. */
@Injectable()
export class WechatApi {
  constructor(
    private readonly calls: WechatCalls,
    private readonly tokens: AccessTokens,
    private readonly signing: ApiSigning,
    private readonly troubles: WechatTroubles,
  ) {}

  /**
   * Answers with what `read` takes from WeChat's JSON, whose errcode is 0. A refused access_token is replaced, and the call made once more:
   * WeChat looks at the token before it does anything, so that holds for single-use codes too.
   * @param read may throw WechatReplyMalformed
   * @throws the AppError that `wechat-errcodes.ts` has for WeChat's errcode, WechatUnavailableError, and
   * WechatMisconfiguredError
   */
  async call<T = WechatReply>(call: WechatApiCall, read = (reply: WechatReply) => reply as T): Promise<T> {
    this.troubles.refuseKnown(call);
    try {
      const reply = await withinDeadline(call.endpoint.deadlineMs, (signal) => this.callWithToken(call, signal));
      this.troubles.forget(call);
      return read(reply);
    } catch (error) {
      throw this.troubles.explainAndRemember(error, call);
    }
  }

  private async callWithToken(call: WechatApiCall, signal: AbortSignal): Promise<WechatReply> {
    const token = await this.tokens.get(call.app);
    try {
      return await this.send(call, token, signal);
    } catch (error) {
      if (!isTokenRefusal(error)) throw error;
      const other = await this.tokens.replace(call.app, token);
      if (!other) throw error;
      return this.send(call, other, signal);
    }
  }

  private send(call: WechatApiCall, token: string, signal: AbortSignal): Promise<WechatReply> {
    return this.calls.send(call, signal, () => {
      const { query, ...request } = this.signing.prepare(call);
      return { ...request, query: { ...query, access_token: token } };
    });
  }
}

function isTokenRefusal(error: unknown): boolean {
  return error instanceof WechatErrcode && TOKEN_REFUSALS.includes(error.errcode);
}
