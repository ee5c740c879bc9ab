const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

// The schedule of the Standard Webhooks specification: ten tries in about three days.
const PAUSES = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
const JITTER = 0.2;
const LONGEST_WISH_MS = 24 * HOUR;

/** How often a delivery is tried at most. */
export const ATTEMPTS_MAX = PAUSES.length + 1;

/**
 * How long to wait after the attempt of this number has failed, with jitter, so that what failed together does not
 * come back together; null after the last one.
 * @param wishedMs what the receiver asked for by Retry-After: never waited shorter, up to a day
 */
export function pauseAfter(attempt: number, wishedMs = 0, random = Math.random): number | null {
  const pause = PAUSES[attempt - 1];
  if (pause === undefined) return null;
  const jittered = pause * (1 + JITTER * (2 * random() - 1));
  return Math.round(Math.max(jittered, Math.min(wishedMs, LONGEST_WISH_MS)));
}
