import fc from 'fast-check';
import { type CountedSession, surplusOf } from './session-surplus.js';

const on = (platform: string | null, ...ids: string[]): CountedSession[] => ids.map((id) => ({ id, platform }));
const idsOf = (sessions: CountedSession[]): string[] => sessions.map(({ id }) => id);

describe('surplusOf', () => {
  it('ends nothing while there are no more than may be', () => {
    expect(surplusOf(on('ios', 'c', 'b', 'a'), 'c', { perUser: 3, perPlatform: 3 })).toEqual([]);
  });

  it('ends those seen longest ago', () => {
    expect(idsOf(surplusOf(on('ios', 'd', 'c', 'b', 'a'), 'd', { perUser: 2, perPlatform: 9 }))).toEqual(['b', 'a']);
  });

  it('never ends the one that was opened just now, whatever the clocks say', () => {
    expect(idsOf(surplusOf(on('ios', 'd', 'c', 'b', 'a'), 'a', { perUser: 2, perPlatform: 9 }))).toEqual(['c', 'b']);
  });

  it('counts each platform for itself, and devices that name none together', () => {
    const open = [...on('ios', 'f'), ...on(null, 'e'), ...on('android', 'd', 'c'), ...on(null, 'b'), ...on('ios', 'a')];

    expect(idsOf(surplusOf(open, 'f', { perUser: 9, perPlatform: 1 }))).toEqual(['c', 'b', 'a']);
  });

  it('lets a session that its platform has no place for take none of the places of the user', () => {
    const open = [...on('ios', 'd', 'c'), ...on('android', 'b'), ...on('windows', 'a')];

    expect(idsOf(surplusOf(open, 'd', { perUser: 3, perPlatform: 1 }))).toEqual(['c']);
  });

  it('always leaves as many as may be, and no more', () => {
    const platform = fc.constantFrom('ios', 'android', null);
    const limit = fc.integer({ min: 1, max: 10 });
    fc.assert(
      fc.property(
        fc.array(platform, { minLength: 1, maxLength: 30 }),
        limit,
        limit,
        (platforms, perUser, perPlatform) => {
          const open = platforms.map((each, i) => ({ id: String(i), platform: each }));
          const ended = new Set(surplusOf(open, '0', { perUser, perPlatform }));
          const left = open.filter((session) => !ended.has(session));
          const ofKind = (kind: string | null, all = left) => all.filter((session) => session.platform === kind).length;
          const possible = ['ios', 'android', null].map((kind) => Math.min(ofKind(kind, open), perPlatform));
          const total = possible.reduce((sum, count) => sum + count, 0);
          expect(left.length).toBe(Math.min(perUser, total));
          for (const kind of ['ios', 'android', null]) expect(ofKind(kind)).toBeLessThanOrEqual(perPlatform);
        },
      ),
    );
  });
});
