import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../../platform/observability/logger.js';
import type { PushMessage } from '../../wechat/push/push-message.js';
import { type PushQuery, WechatPush } from '../../wechat/push/wechat-push.js';
import { WechatSignatureInvalidError } from '../../wechat/wechat.errors.js';
import { PushEventStore } from './push-event-store.js';
import { PushEventWorker } from './push-event-worker.js';
import { isActedOn } from './push-plans.js';
import type { AccountTask } from './push-task.js';

/** Takes in what WeChat pushes. WeChat waits for the recording only; the work is done after. */
@Injectable()
export class WechatEventsService {
  constructor(
    private readonly push: WechatPush,
    private readonly store: PushEventStore,
    private readonly worker: PushEventWorker,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws WechatAppUnknownError, WechatSignatureInvalidError */
  checkUrl(appId: string, query: PushQuery): string {
    return this.push.checkUrl(appId, query);
  }

  /**
   * Records a push once, however often and to however many processes WeChat sends it.
   * @throws WechatAppUnknownError, WechatSignatureInvalidError, RequestInvalidError
   */
  async receive({ appId, query, body }: { appId: string; query: PushQuery; body: string }): Promise<void> {
    const message = this.push.open(appId, query, body);
    const recording = await this.store.record(message, this.taskOf(message));
    if (recording === 'signature_used') throw new WechatSignatureInvalidError();
    if (recording === 'new') this.worker.wake();
  }

  private taskOf({ appId, event, openid, revoked }: PushMessage): AccountTask | undefined {
    if (!isActedOn(event)) return undefined;
    if (openid) return { kind: 'account', openid, revoked };
    this.logger.warn({ appId, event }, 'WeChat did not say whom an event is about');
    return undefined;
  }
}
