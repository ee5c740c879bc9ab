import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import { firstValueFrom } from 'rxjs';
import { readReply } from './wechat-replies.js';
import { WechatConfig } from './wechat.config.js';

/** WeChat was not reached, or did not answer in time. Names the network's error code, never the URL: it holds the secret. */
export class WechatUnreachable extends Error {
  constructor(
    readonly reason: string,
    /** True when the request surely never left: only then may a login code be sent again. */
    readonly isUndelivered: boolean,
  ) {
    super(`WeChat was not reached: ${reason}`);
    this.name = 'WechatUnreachable';
  }
}

// No connection was made, so nothing was sent.
const UNDELIVERED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** One request to WeChat: encoded parameters, one deadline for all of it, a reply that was read strictly. */
@Injectable()
export class WechatHttp {
  constructor(
    private readonly http: HttpService,
    private readonly config: WechatConfig,
  ) {}

  /**
   * @param deadline aborts the request
   * @throws WechatUnreachable, WechatReplyMalformed, WechatErrcode
   */
  async get(path: string, parameters: Record<string, string>, deadline: AbortSignal): Promise<Record<string, unknown>> {
    const url = `${this.config.baseUrl}${path}?${new URLSearchParams(parameters).toString()}`;
    const { status, data } = await firstValueFrom(this.http.get<string>(url, { signal: deadline })).catch(
      (error: unknown) => {
        throw unreachable(error, deadline);
      },
    );
    return readReply(status, data ?? '');
  }
}

// The axios error itself must go no further: it holds the URL.
function unreachable(error: unknown, deadline: AbortSignal): WechatUnreachable {
  if (deadline.aborted) return new WechatUnreachable('deadline passed', false);
  const { code = 'unknown' } = error as { code?: string };
  return new WechatUnreachable(code, UNDELIVERED.has(code));
}
