/** How often something may fail before its first wait. */
export interface AttemptLimit {
  free: number;
  /** After the first failure, not the last: behind a NAT somebody mistypes every hour of the year. */
  forgetAfterMs: number;
  clearedBySuccess: boolean;
}

/** One of the counters that an attempt needs a place in. */
export interface AttemptPlace {
  /** Keyed hash of whom or what is counted. */
  id: Buffer;
  limit: AttemptLimit;
}

/** `broken`: the check came to no answer, and counts for nothing. */
export type AttemptOutcome = 'failed' | 'right' | 'broken';

/** What is known about one counter; times in milliseconds since 1970. */
export interface AttemptCounter {
  failures: number;
  /** Attempts that have a place and no outcome yet. */
  underWay: number;
  blockedUntil: number;
  /** When the attempts under way must have ended; from then on they count as failures, as their process has died. */
  busyUntil: number;
  forgetAt: number;
}

export const FIRST_WAIT_MS = 30_000;
export const LONGEST_WAIT_MS = 15 * 60_000;
/** Told to whom all places are taken by attempts under way. */
export const PLACE_WAIT_MS = 1_000;
/** Longer than a full queue of hashes takes. */
export const LEASE_MS = 60_000;

/** The counter as it is at this moment: forgotten when its time is over, abandoned attempts counted as failures. */
export function counterAt(now: number, stored: AttemptCounter | undefined, limit: AttemptLimit): AttemptCounter {
  if (!stored || stored.forgetAt <= now || stored.failures + stored.underWay === 0)
    return { failures: 0, underWay: 0, blockedUntil: 0, busyUntil: 0, forgetAt: now + limit.forgetAfterMs };
  if (stored.busyUntil > now) return stored;
  return { ...stored, failures: stored.failures + stored.underWay, underWay: 0 };
}

/** Milliseconds until the next attempt may be made; 0 when there is a place. After a wait there is one. */
export function waitOf(counter: AttemptCounter, { free }: AttemptLimit, now: number): number {
  if (counter.blockedUntil > now) return counter.blockedUntil - now;
  const isFull = counter.underWay >= 1 && counter.underWay + counter.failures >= free;
  return isFull ? PLACE_WAIT_MS : 0;
}

export function withPlaceTaken(counter: AttemptCounter, now: number): AttemptCounter {
  return { ...counter, underWay: counter.underWay + 1, busyUntil: now + LEASE_MS };
}

export function withOutcome(
  counter: AttemptCounter,
  outcome: AttemptOutcome,
  { free, clearedBySuccess }: AttemptLimit,
  now: number,
): AttemptCounter {
  const left = { ...counter, underWay: Math.max(0, counter.underWay - 1) };
  if (outcome === 'right' && clearedBySuccess) return { ...left, failures: 0, blockedUntil: 0 };
  if (outcome !== 'failed') return left;
  const failures = left.failures + 1;
  return { ...left, failures, blockedUntil: failures < free ? left.blockedUntil : now + waitAfter(failures - free) };
}

/** How long the wait is after so many failures beyond the free ones: it doubles. */
export function waitAfter(failuresBeyond: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** failuresBeyond, LONGEST_WAIT_MS);
}
