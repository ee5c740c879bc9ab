import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import type { ClientRequest } from 'node:http';
import { firstValueFrom } from 'rxjs';
import { WechatConfig } from '../wechat.config.js';
import { isUndelivered } from './connections.js';
import type { WechatEndpoint } from './endpoints.js';
import type { WechatAnswer } from './wechat-replies.js';

/** WeChat was not reached, or did not answer in time. Names the network's error code, never the URL: it holds secrets. */
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

/** What one request carries. */
export interface WechatRequest {
  query?: Record<string, string>;
  /** JSON, sent byte for byte: it may be signed. */
  body?: string;
  headers?: Record<string, string>;
}

/** Sends one request: encoded parameters, and a second host only when nothing reached the first. */
@Injectable()
export class WechatHttp {
  constructor(
    private readonly http: HttpService,
    private readonly config: WechatConfig,
  ) {}

  /**
   * @param signal aborts the request at its deadline
   * @throws WechatUnreachable
   */
  async send(endpoint: WechatEndpoint, request: WechatRequest, signal: AbortSignal): Promise<WechatAnswer> {
    const [first, second] = this.config.baseUrls;
    try {
      return await this.sendTo(first, endpoint, { request, signal });
    } catch (error) {
      if (!(error instanceof WechatUnreachable) || !error.isUndelivered || signal.aborted) throw error;
    }
    return this.sendTo(second, endpoint, { request, signal });
  }

  private async sendTo(
    baseUrl: string,
    { path, method }: WechatEndpoint,
    { request, signal }: { request: WechatRequest; signal: AbortSignal },
  ): Promise<WechatAnswer> {
    const { query = {}, body: data, headers } = request;
    const url = `${baseUrl}${path}?${new URLSearchParams(query).toString()}`;
    const allHeaders = { ...(data ? { 'Content-Type': 'application/json' } : {}), ...headers };
    const answer = await firstValueFrom(
      this.http.request<string>({ url, method, data, signal, headers: allHeaders }),
    ).catch((error: unknown) => {
      throw unreachable(error, signal);
    });
    return { status: answer.status, body: answer.data ?? '', header: (name) => headerOf(answer.headers, name) };
  }
}

function headerOf(headers: object, name: string): string | undefined {
  const value = (headers as Record<string, unknown>)[name.toLowerCase()];
  return typeof value === 'string' ? value : undefined;
}

// The axios error itself must go no further: it holds the URL.
function unreachable(error: unknown, signal: AbortSignal): WechatUnreachable {
  const { code = 'unknown', request } = error as { code?: string; request?: ClientRequest };
  return new WechatUnreachable(signal.aborted ? 'deadline passed' : code, isUndelivered(request));
}
