import { Injectable } from '@nestjs/common';
import { ENDPOINTS } from '../transport/endpoints.js';
import { WechatApi } from '../wechat.api.js';
import { WechatConfig } from '../wechat.config.js';
import { SessionKeyStaleError } from '../wechat.errors.js';
import { readSessionKey, signWithSessionKey } from './session-key.js';

/** Whose session_key it is. */
export interface KeyHolder {
  appId: string;
  openid: string;
  sessionKey: string;
}

/** Session keys, which WeChat replaces without telling. */
@Injectable()
export class SessionKeys {
  constructor(
    private readonly api: WechatApi,
    private readonly config: WechatConfig,
  ) {}

  /** Whether WeChat still encrypts with this key. */
  async isValid(holder: KeyHolder): Promise<boolean> {
    const app = this.config.getApp(holder.appId);
    const call = { app, endpoint: ENDPOINTS.checkSessionKey, query: proofOf(holder) };
    return (await unlessStale(this.api.call(call))) !== null;
  }

  /** The new key, as long-lived as the old one; null when the old one has ended already. */
  async reset(holder: KeyHolder): Promise<string | null> {
    const app = this.config.getApp(holder.appId);
    const call = { app, endpoint: ENDPOINTS.resetUserSessionKey, query: proofOf(holder) };
    return unlessStale(this.api.call(call, (reply) => readSessionKey(reply.session_key)));
  }
}

// WeChat's page lists these under "body", but they belong into the query (wechat.md, 1.4).
function proofOf({ openid, sessionKey }: KeyHolder): Record<string, string> {
  return { openid, signature: signWithSessionKey(sessionKey, ''), sig_method: 'hmac_sha256' };
}

async function unlessStale<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof SessionKeyStaleError) return null;
    throw error;
  }
}
