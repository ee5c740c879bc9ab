import { HttpService } from '@nestjs/axios';
import axios from 'axios';
import type { Localized } from '../../platform/errors/app-error.js';
import { ENDPOINTS } from '../transport/endpoints.js';
import { httpOptions } from '../transport/http-options.js';
import { WechatHttp, WechatUnreachable } from '../transport/wechat-http.js';
import { readReply, type WechatAnswer, WechatErrcode } from '../transport/wechat-replies.js';
import { requestOf } from '../access-token/stable-tokens.js';
import { adviceFor } from '../wechat-errcodes.js';
import type { WechatApp, WechatConfig } from '../wechat.config.js';

/** What came of asking WeChat for a token. */
export interface CredentialVerdict {
  /** `odd`: something answered, and not as WeChat does. */
  outcome: 'accepted' | 'refused' | 'unreachable' | 'odd';
  /** Of a refusal. */
  errcode?: number;
  rid?: string;
  /** The address that WeChat wants on its whitelist. */
  serverAddress?: string;
  advice?: Localized;
  /** Why there was no answer, or none that can be read. */
  reason?: string;
  /** What the other side's clock says. */
  date?: Date;
}

const DEADLINE_MS = 5_000;

/**
 * Tries whether WeChat takes the AppID and AppSecret, by asking for the token that all servers share: none is replaced,
 * none is kept. Works by itself, for a doctor whose patient does not start.
 */
export class CredentialTrial {
  private readonly http: WechatHttp;

  constructor(config: WechatConfig) {
    this.http = new WechatHttp(new HttpService(axios.create(httpOptions())), config);
  }

  async run(app: WechatApp): Promise<CredentialVerdict> {
    try {
      const signal = AbortSignal.timeout(DEADLINE_MS);
      const request = { body: requestOf(app), headers: { Connection: 'close' } };
      return judge(await this.http.send(ENDPOINTS.getStableAccessToken, request, signal));
    } catch (error) {
      if (!(error instanceof WechatUnreachable)) throw error;
      return { outcome: 'unreachable', reason: error.reason };
    }
  }
}

function judge(answer: WechatAnswer): CredentialVerdict {
  const date = dateOf(answer);
  try {
    const isGiven = typeof readReply(answer).access_token === 'string';
    return isGiven ? { outcome: 'accepted', date } : { outcome: 'odd', reason: 'no access_token', date };
  } catch (error) {
    if (!(error instanceof WechatErrcode)) return { outcome: 'odd', reason: (error as Error).message, date };
    const { errcode, rid, serverAddress } = error;
    return { outcome: 'refused', errcode, rid, serverAddress, advice: adviceFor(errcode), date };
  }
}

function dateOf(answer: WechatAnswer): Date | undefined {
  const date = new Date(answer.header('date') ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}
