import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { withinDeadline } from '../transport/deadline.js';
import { ENDPOINTS } from '../transport/endpoints.js';
import { WechatCalls } from '../transport/wechat-calls.js';
import { type WechatReply, WechatReplyMalformed } from '../transport/wechat-replies.js';
import { WechatTroubles } from '../transport/wechat-troubles.js';
import type { WechatApp } from '../wechat.config.js';
import type { StoredToken } from './stored-token.js';

/**
 * Asks WeChat for an access_token that lasts: in normal mode every server gets the same one, and none ends another's.
 * Forcing a new one is left to people: it is for leaks, and WeChat allows it 20 times a day.
 */
@Injectable()
export class StableTokens {
  constructor(
    private readonly calls: WechatCalls,
    private readonly troubles: WechatTroubles,
    private readonly clock: Clock,
  ) {}

  /** @throws WechatUnavailableError, WechatMisconfiguredError */
  async fetch(app: WechatApp): Promise<StoredToken> {
    const call = { app, endpoint: ENDPOINTS.getStableAccessToken };
    this.troubles.refuseKnown(call);
    try {
      const reply = await withinDeadline(call.endpoint.deadlineMs, (signal) =>
        this.calls.send(call, signal, () => ({ body: requestOf(app) })),
      );
      const stored = this.read(reply);
      this.troubles.forget(call);
      return stored;
    } catch (error) {
      throw this.troubles.explainAndRemember(error, call);
    }
  }

  private read({ access_token: token, expires_in: life }: WechatReply): StoredToken {
    const seconds = Number(life);
    if (typeof token !== 'string' || !token) throw new WechatReplyMalformed('no access_token');
    if (!(seconds > 0)) throw new WechatReplyMalformed('no expires_in');
    const fetchedAt = this.clock.now();
    return { token, fetchedAt, expiresAt: new Date(fetchedAt.getTime() + seconds * 1000) };
  }
}

/** The body of the request, in normal mode. */
export function requestOf({ id, secret }: WechatApp): string {
  return JSON.stringify({ grant_type: 'client_credential', appid: id, secret, force_refresh: false });
}
