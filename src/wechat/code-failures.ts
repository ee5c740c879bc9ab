import { BrokenCircuitError, BulkheadRejectedError } from 'cockatiel';
import { AppError } from '../platform/errors/app-error.js';
import { WechatMisconfiguredError, WechatRateLimitedError } from './wechat.errors.js';

const CAUSES_MAX = 5;

/**
 * What the failed exchange of a code that works once means for the next request with it: the code of the error, or
 * null when the code is surely still whole. It is when WeChat was not reached, when WeChat told us to wait, and when
 * WeChat did not accept this server. Of an answer that was lost nobody knows: then it counts as burnt.
 */
export function codeFailure(error: unknown): string | null {
  const isWhole = error instanceof WechatRateLimitedError || error instanceof WechatMisconfiguredError;
  if (isWhole || wasNeverSent(error)) return null;
  return error instanceof AppError ? error.type.code : 'internal';
}

function wasNeverSent(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > CAUSES_MAX) return false;
  if (error instanceof BrokenCircuitError || error instanceof BulkheadRejectedError) return true;
  if ((error as { isUndelivered?: boolean }).isUndelivered === true) return true;
  return wasNeverSent(error.cause, depth + 1);
}
