/** What the rules look at: one session as it stands. */
export interface RefreshState {
  /** Counter of the current token. */
  generation: number;
  /** Counter with which the newest login began. */
  firstGeneration: number;
  /** The newest generation the client is known to have received. */
  seenGeneration: number;
  rotatedAt: Date;
  expiresAt: Date;
  absoluteExpiresAt: Date;
  endedAt: Date | null;
}

/** How a token came to be used again: an event says so. */
export type ReuseClass = 'ancestor' | 'parent_after_successor_seen' | 'parent_too_late';

/** `superseded`: the token is from before the newest login. */
export type Refusal = 'ended' | 'superseded' | 'expired' | 'unknown_counter';

export type RefreshDecision =
  | { action: 'rotate' }
  | { action: 'repeat'; because: 'lost_answer' | 'concurrent' }
  | { action: 'end'; reuse: ReuseClass }
  | { action: 'refuse'; because: Refusal };

/** How long the parent may repair an answer that was never received. */
export const LOST_ANSWER_WINDOW_MS = 24 * 60 * 60 * 1000;
/** How long a refresh may have been under way at the same time as the one that won. */
export const CONCURRENT_WINDOW_MS = 30 * 1000;

/**
 * The four rules of refreshing (docs/decisions/0004-refresh-rules.md), as a pure function. With n the session's
 * generation: n rotates; n−1 gets the same answer again while the client has not been seen with n, or within 30 s of
 * the rotation; everything older is a token used twice and ends the session. A token from before the newest login is none
 * of them: it is dead, and says nothing about the new ones.
 */
export function decideRefresh(session: RefreshState, counter: number, now: Date): RefreshDecision {
  if (session.endedAt) return { action: 'refuse', because: 'ended' };
  if (counter < session.firstGeneration) return { action: 'refuse', because: 'superseded' };
  if (session.expiresAt <= now || session.absoluteExpiresAt <= now) return { action: 'refuse', because: 'expired' };
  if (counter > session.generation) return { action: 'refuse', because: 'unknown_counter' };
  if (counter === session.generation) return { action: 'rotate' };
  if (counter < session.generation - 1) return { action: 'end', reuse: 'ancestor' };
  return decideParent(session, now);
}

function decideParent({ generation, seenGeneration, rotatedAt }: RefreshState, now: Date): RefreshDecision {
  const age = now.getTime() - rotatedAt.getTime();
  if (age <= CONCURRENT_WINDOW_MS) return { action: 'repeat', because: 'concurrent' };
  if (seenGeneration >= generation) return { action: 'end', reuse: 'parent_after_successor_seen' };
  if (age <= LOST_ANSWER_WINDOW_MS) return { action: 'repeat', because: 'lost_answer' };
  return { action: 'end', reuse: 'parent_too_late' };
}
