import fc from 'fast-check';
import { decideRefresh, type RefreshState } from './refresh-rules.js';

// What clients were promised, not what the code says.
const CONCURRENT_WINDOW_MS = 30 * 1000;
const LOST_ANSWER_WINDOW_MS = 24 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
const IDLE_MS = 7 * DAY_MS;
const ABSOLUTE_MS = 30 * DAY_MS;
const OPENED_AT = Date.parse('2026-03-01T08:00:00.000Z');

/** A server that keeps one session by the rules, as SessionRotation does on its row. */
class Server {
  state: RefreshState = {
    generation: 1,
    firstGeneration: 1,
    seenGeneration: 0,
    rotatedAt: new Date(OPENED_AT),
    expiresAt: new Date(OPENED_AT + IDLE_MS),
    absoluteExpiresAt: new Date(OPENED_AT + ABSOLUTE_MS),
    endedAt: null,
  };
  now = OPENED_AT;

  /** The number of the token that the client gets; null when it gets none. */
  refresh(counter: number): number | null {
    const { action } = decideRefresh(this.state, counter, new Date(this.now));
    if (action === 'rotate') this.rotate();
    if (action === 'end') this.state.endedAt = new Date(this.now);
    return action === 'rotate' || action === 'repeat' ? this.state.generation : null;
  }

  see(generation: number): void {
    this.state.seenGeneration = Math.max(this.state.seenGeneration, generation);
  }

  private rotate(): void {
    const { generation, absoluteExpiresAt } = this.state;
    const expiresAt = new Date(Math.min(this.now + IDLE_MS, absoluteExpiresAt.getTime()));
    const rotatedAt = new Date(this.now);
    this.state = { ...this.state, generation: generation + 1, seenGeneration: generation, rotatedAt, expiresAt };
  }
}

/** One thing an honest client does; `share` places it within the time that its promise leaves open. */
const deed = fc.record({
  does: fc.constantFrom('refresh', 'refresh and lose the answer', 'use the access token', 'refresh twice at once'),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
});

/** The latest moment until which the client may ask again: the lost answer's window, or the end of the session. */
function openUntil({ state, now }: Server, held: number): number {
  const isLost = held < state.generation;
  const windowEnd = isLost ? state.rotatedAt.getTime() + LOST_ANSWER_WINDOW_MS : Infinity;
  const end = Math.min(windowEnd, state.expiresAt.getTime() - 1, state.absoluteExpiresAt.getTime() - 1);
  return Math.max(now, end);
}

const isOver = ({ state, now }: Server) => now >= state.absoluteExpiresAt.getTime() - 1;

describe('the refresh rules', () => {
  it('never log out an honest client, whichever answers are lost, that asks again in time', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
        const server = new Server();
        let held = 1;
        for (const { does, share } of deeds) {
          server.now += Math.floor(share * (openUntil(server, held) - server.now));
          if (isOver(server)) break;
          if (does === 'use the access token') {
            server.see(held);
            continue;
          }
          const isRepair = held < server.state.generation;
          const token = server.refresh(held);
          if (token === null) return false;
          if (does === 'refresh and lose the answer') continue;
          // The window for requests under way at once is counted from the rotation, so a repair later on opens no other.
          if (does === 'refresh twice at once' && !isRepair) {
            server.see(token);
            server.now += Math.floor(share * CONCURRENT_WINDOW_MS);
            if (!isOver(server) && server.refresh(held) !== token) return false;
          }
          held = token;
        }
        return server.state.endedAt === null;
      }),
      { numRuns: 500 },
    );
  });

  it('give the same token to everyone who asks with one token while it is being rotated', () => {
    const delays = fc.array(fc.integer({ min: 0, max: CONCURRENT_WINDOW_MS }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(delays, fc.boolean(), (moments, isSeen) => {
        const server = new Server();
        const tokens = moments
          .toSorted((a, b) => a - b)
          .map((moment, i, [first = 0]) => {
            server.now = OPENED_AT + moment - first;
            if (isSeen && i > 0) server.see(2);
            return server.refresh(1);
          });
        return tokens.every((token) => token === 2) && server.state.generation === 2;
      }),
    );
  });

  const moment = fc.integer({ min: 0, max: ABSOLUTE_MS });

  it('never give a token for a stolen one once the client has been seen two generations on', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.nat(100), fc.nat(100), moment, moment, (stolen, ahead, further, rotated, now) => {
        const state: RefreshState = {
          ...new Server().state,
          seenGeneration: stolen + 2 + ahead,
          generation: stolen + 2 + ahead + further,
          rotatedAt: new Date(OPENED_AT + rotated),
        };
        const { action } = decideRefresh(state, stolen, new Date(OPENED_AT + now));
        return action === 'end' || action === 'refuse';
      }),
    );
  });

  it('never let a thief and the owner of one token both go on: whoever comes second ends the session', () => {
    const later = fc.integer({ min: CONCURRENT_WINDOW_MS + 1, max: IDLE_MS - 1 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), later, (steps, wait) => {
        const server = new Server();
        let first = 1;
        for (let step = 0; step < steps; step++) first = server.refresh(first)!;
        server.see(first);
        server.now += wait;
        return server.refresh(1) === null && server.state.endedAt !== null && server.refresh(first) === null;
      }),
    );
  });
});
