import { BrokenCircuitError, BulkheadRejectedError, TaskCancelledError } from 'cockatiel';
import { WechatUnreachable } from './wechat-http.js';
import { WechatErrcode, WechatReplyMalformed } from './wechat-replies.js';

const SYSTEM_BUSY = -1;

/** WeChat did not do its part, whoever asked: what opens a circuit. A refusal of one code or user is none. */
export function isOutage(error: unknown): boolean {
  if (error instanceof WechatErrcode) return error.errcode === SYSTEM_BUSY;
  return error instanceof WechatUnreachable || error instanceof WechatReplyMalformed;
}

/** An outage after which an idempotent call may be better off at once: busy, 5xx, a connection lost or not made. */
export function isWorthRetrying(error: unknown): boolean {
  if (error instanceof WechatReplyMalformed) return (error.status ?? 0) >= 500;
  return isOutage(error);
}

/** One word for the usage meter and the log. */
export function outcomeOf(error: unknown): string {
  if (error instanceof WechatErrcode) return String(error.errcode);
  if (error instanceof WechatReplyMalformed) return 'malformed';
  if (error instanceof WechatUnreachable) return error.isUndelivered ? 'undelivered' : 'unanswered';
  return 'failed';
}

/** True when the call was turned away here and never became a request: circuit open, no place left, or too late. */
export function isTurnedAway(error: unknown): boolean {
  return (
    error instanceof BrokenCircuitError || error instanceof BulkheadRejectedError || error instanceof TaskCancelledError
  );
}
