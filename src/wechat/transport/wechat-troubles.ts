import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from '../../platform/clock.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { errorForErrcode, fixFor, unavailable } from '../wechat-errcodes.js';
import { WechatMisconfiguredError } from '../wechat.errors.js';
import { isOutage, isTurnedAway } from './outage.js';
import type { WechatCall } from './wechat-calls.js';
import { WechatErrcode } from './wechat-replies.js';

interface KnownTrouble {
  refusal: WechatErrcode;
  until: number;
}

const REMEMBERED_MS = 10_000;

/** Says in this project's own errors what went wrong with a call, and remembers what only an operator can mend. */
@Injectable()
export class WechatTroubles {
  private readonly known = new Map<string, KnownTrouble>();

  constructor(
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** The error for our caller; what WeChat refused is logged with its rid, and with the fix where there is one. */
  explain(error: unknown, { app, endpoint }: WechatCall): unknown {
    if (!(error instanceof WechatErrcode)) return isOutage(error) || isTurnedAway(error) ? unavailable(error) : error;
    const { errcode, rid, serverAddress } = error;
    const explained = errorForErrcode(error, endpoint);
    const line = { appId: app.id, endpoint: endpoint.path, errcode, rid, serverAddress };
    if (explained instanceof WechatMisconfiguredError)
      this.logger.error({ ...line, fix: fixFor(errcode) }, 'WeChat refused');
    else this.logger.warn(line, 'WeChat refused');
    return explained;
  }

  /** Like `explain`; a wrong configuration is logged once and kept for some seconds, so that WeChat is not asked. */
  explainAndRemember(error: unknown, call: WechatCall): unknown {
    const isKnown = error instanceof WechatErrcode && this.known.get(keyOf(call))?.refusal.errcode === error.errcode;
    const explained = isKnown ? errorForErrcode(error, call.endpoint) : this.explain(error, call);
    if (error instanceof WechatErrcode && explained instanceof WechatMisconfiguredError)
      this.known.set(keyOf(call), { refusal: error, until: this.clock.now().getTime() + REMEMBERED_MS });
    return explained;
  }

  /** @throws WechatMisconfiguredError when the same call was refused for its configuration a moment ago */
  refuseKnown(call: WechatCall): void {
    const trouble = this.known.get(keyOf(call));
    if (trouble && trouble.until > this.clock.now().getTime()) throw errorForErrcode(trouble.refusal, call.endpoint);
  }

  /** The call went well. */
  forget(call: WechatCall): void {
    this.known.delete(keyOf(call));
  }
}

function keyOf({ app, endpoint }: WechatCall): string {
  return `${app.id} ${endpoint.path}`;
}
