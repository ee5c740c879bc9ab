import { decideRefresh, type RefreshDecision, type RefreshState } from './refresh-rules.js';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
const ROTATED_AT = new Date('2026-03-01T08:00:00.000Z');

const after = (milliseconds: number) => new Date(ROTATED_AT.getTime() + milliseconds);

/** A session whose current token is number 5, rotated at ROTATED_AT; its client has not been seen with it. */
const session = (fields: Partial<RefreshState> = {}): RefreshState => ({
  generation: 5,
  firstGeneration: 0,
  seenGeneration: 4,
  rotatedAt: ROTATED_AT,
  expiresAt: after(7 * DAY),
  absoluteExpiresAt: after(30 * DAY),
  endedAt: null,
  ...fields,
});

const decide = (state: RefreshState, counter: number, milliseconds: number): RefreshDecision =>
  decideRefresh(state, counter, after(milliseconds));

const ROTATE = { action: 'rotate' };
const CONCURRENT = { action: 'repeat', because: 'concurrent' };
const LOST_ANSWER = { action: 'repeat', because: 'lost_answer' };

describe('decideRefresh with the current token', () => {
  it.each([
    ['at once', 0],
    ['an hour later', HOUR],
    ['a millisecond before the session goes idle', 7 * DAY - 1],
  ])('rotates %s', (_when, milliseconds) => {
    expect(decide(session(), 5, milliseconds)).toEqual(ROTATE);
  });

  it('rotates whether or not its access token was used', () => {
    expect(decide(session({ seenGeneration: 5 }), 5, SECOND)).toEqual(ROTATE);
  });
});

describe('decideRefresh with the parent of the current token', () => {
  it.each([
    ['at the moment of the rotation', 0, CONCURRENT],
    ['30 s after it', 30 * SECOND, CONCURRENT],
    ['just over 30 s after it', 30 * SECOND + 1, LOST_ANSWER],
    ['24 h after it', 24 * HOUR, LOST_ANSWER],
  ])('repeats an answer that was never seen %s', (_when, milliseconds, decision) => {
    expect(decide(session(), 4, milliseconds)).toEqual(decision);
  });

  it('ends the session when the lost answer is asked for after more than 24 h', () => {
    expect(decide(session(), 4, 24 * HOUR + 1)).toEqual({ action: 'end', reuse: 'parent_too_late' });
  });

  it('repeats the answer for 30 s although the client has been seen with it: both requests were under way', () => {
    expect(decide(session({ seenGeneration: 5 }), 4, 30 * SECOND)).toEqual(CONCURRENT);
  });

  it('ends the session when the client has been seen with the successor and 30 s are over', () => {
    const decision = decide(session({ seenGeneration: 5 }), 4, 30 * SECOND + 1);

    expect(decision).toEqual({ action: 'end', reuse: 'parent_after_successor_seen' });
  });

  it('takes a rotation in the future, by the clock of another process, for one that is just happening', () => {
    expect(decide(session({ seenGeneration: 5 }), 4, -5 * SECOND)).toEqual(CONCURRENT);
  });
});

describe('decideRefresh with anything older', () => {
  it.each([3, 2, 1, 0])('ends the session for token %i of 5, even in the second of the rotation', (counter) => {
    expect(decide(session(), counter, 0)).toEqual({ action: 'end', reuse: 'ancestor' });
  });
});

describe('decideRefresh with a token or session that is over', () => {
  const everyCounter = [3, 4, 5, 6];

  it.each(everyCounter)('refuses token %i of 5 once the session has ended', (counter) => {
    const decision = decide(session({ endedAt: ROTATED_AT }), counter, SECOND);

    expect(decision).toEqual({ action: 'refuse', because: 'ended' });
  });

  it.each(everyCounter)('refuses token %i of 5 once the session lay idle too long, and ends nothing', (counter) => {
    expect(decide(session(), counter, 7 * DAY)).toEqual({ action: 'refuse', because: 'expired' });
  });

  it.each(everyCounter)('refuses token %i of 5 at the absolute end, however lately it was used', (counter) => {
    const state = session({ expiresAt: after(7 * DAY), absoluteExpiresAt: after(DAY) });

    expect(decide(state, counter, DAY)).toEqual({ action: 'refuse', because: 'expired' });
  });

  it('says ended rather than expired of a session that is both', () => {
    const decision = decide(session({ endedAt: ROTATED_AT }), 5, 31 * DAY);

    expect(decision).toEqual({ action: 'refuse', because: 'ended' });
  });

  it('refuses a counter the session has not reached, as after a restored backup', () => {
    expect(decide(session(), 6, SECOND)).toEqual({ action: 'refuse', because: 'unknown_counter' });
  });
});

describe('decideRefresh after a new login in the same session', () => {
  const again = (fields: Partial<RefreshState> = {}) => session({ firstGeneration: 5, ...fields });
  const SUPERSEDED = { action: 'refuse', because: 'superseded' };

  it.each([4, 3, 1])('refuses token %i from before it, at once and later, and takes it for no theft', (counter) => {
    for (const milliseconds of [0, SECOND, HOUR, 25 * HOUR]) {
      expect(decide(again(), counter, milliseconds)).toEqual(SUPERSEDED);
      expect(decide(again({ seenGeneration: 5 }), counter, milliseconds)).toEqual(SUPERSEDED);
    }
  });

  it('keeps every rule among the tokens since', () => {
    expect(decide(again(), 5, HOUR)).toEqual(ROTATE);
    expect(decide(again({ generation: 6 }), 5, HOUR)).toEqual(LOST_ANSWER);
    expect(decide(again({ generation: 6, seenGeneration: 6 }), 5, HOUR)).toMatchObject({ action: 'end' });
    expect(decide(again({ generation: 7 }), 5, SECOND)).toEqual({ action: 'end', reuse: 'ancestor' });
  });
});
