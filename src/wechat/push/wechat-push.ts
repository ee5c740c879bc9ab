import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from '../../platform/clock.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { WechatAppUnknownError, WechatSignatureInvalidError } from '../wechat.errors.js';
import { decryptPush } from './push-cipher.js';
import { type PushFields, readFields } from './push-fields.js';
import { type PushMessage, readMessage } from './push-message.js';
import { PushRefused } from './push-refused.js';
import { PushReplays } from './push-replays.js';
import { readSignedQuery, requireSignature } from './push-signature.js';
import { PushConfig, type PushSettings } from './push.config.js';

/** What WeChat puts behind the "?". It also sends `encrypt_type`, which is not asked. */
export interface PushQuery {
  signature?: string;
  msg_signature?: string;
  timestamp?: string;
  nonce?: string;
  echostr?: string;
}

interface Verified {
  text: string;
  /** The signature that was checked. */
  signature: string;
}

/** Tells WeChat's pushes from everyone else's requests to the same address. */
@Injectable()
export class WechatPush {
  private readonly replays = new PushReplays();

  constructor(
    private readonly config: PushConfig,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** False when no mini-program has message push configured. */
  get isUsed(): boolean {
    return this.config.isUsed;
  }

  /**
   * Answers the console's check of the address with its own `echostr`; it is signed as in plain mode in either mode.
   * @throws WechatAppUnknownError, WechatSignatureInvalidError
   */
  checkUrl(appId: string, query: PushQuery): string {
    const { token } = this.settingsOf(appId);
    return this.refusing(appId, () => {
      this.verifyPlain(token, query);
      return query.echostr ?? '';
    });
  }

  /**
   * Verifies, decrypts and reads one push.
   * @throws WechatAppUnknownError, WechatSignatureInvalidError, RequestInvalidError
   */
  open(appId: string, query: PushQuery, body: string): PushMessage {
    const settings = this.settingsOf(appId);
    return this.refusing(appId, () => {
      const { text, signature } = this.verify(appId, settings, { query, body });
      const fields = readFields(settings.format, text);
      if (isEnvelope(fields)) throw new PushRefused('encrypted, though WECHAT_APPS says plain');
      const message = readMessage(fields, { appId, text, signature });
      this.replays.require(message);
      return message;
    });
  }

  private settingsOf(appId: string): PushSettings {
    const settings = this.config.find(appId);
    if (!settings) throw new WechatAppUnknownError();
    return settings;
  }

  private verify(
    appId: string,
    { token, format, key }: PushSettings,
    { query, body }: { query: PushQuery; body: string },
  ): Verified {
    if (!key) return { text: body, signature: this.verifyPlain(token, query) };
    const { timestamp, nonce } = readSignedQuery(query, this.clock.nowSeconds());
    const encrypt = readFields(format, body).get('encrypt');
    if (typeof encrypt !== 'string') throw new PushRefused('not encrypted');
    const signature = requireSignature(query.msg_signature, [token, timestamp, nonce, encrypt]);
    return { text: decryptPush(encrypt, key, appId), signature };
  }

  private verifyPlain(token: string, query: PushQuery): string {
    const { timestamp, nonce } = readSignedQuery(query, this.clock.nowSeconds());
    return requireSignature(query.signature, [token, timestamp, nonce]);
  }

  private refusing<T>(appId: string, verify: () => T): T {
    try {
      return verify();
    } catch (error) {
      const reason = error instanceof PushRefused ? error.reason : 'not in the format WECHAT_APPS says';
      this.logger.warn({ appId, reason }, 'a push was refused');
      throw error instanceof PushRefused ? new WechatSignatureInvalidError({ cause: error }) : error;
    }
  }
}

// In WeChat's "compatible" mode the plain fields come along with Encrypt.
function isEnvelope(fields: PushFields): boolean {
  return fields.has('encrypt') && !fields.has('msgtype');
}
