import { BrokenCircuitError, BulkheadRejectedError } from 'cockatiel';

const CAUSES_MAX = 5;

/** True when surely nothing of the failed request reached WeChat: only then is a one-time code still whole. */
export function wasNeverSent(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > CAUSES_MAX) return false;
  if (error instanceof BrokenCircuitError || error instanceof BulkheadRejectedError) return true;
  if ((error as { isUndelivered?: boolean }).isUndelivered === true) return true;
  return wasNeverSent(error.cause, depth + 1);
}
