import { Clock } from '../../platform/clock.js';
import type { SessionsConfig } from '../sessions.config.js';
import { SessionLifetimes } from './session-lifetimes.js';

const HOUR = 3_600;

function lifetimesAt(time: string, { idleSeconds = 7 * HOUR, absoluteSeconds = 30 * HOUR } = {}): SessionLifetimes {
  const clock = new Clock();
  jest.spyOn(clock, 'now').mockReturnValue(new Date(time));
  return new SessionLifetimes({ idleSeconds, absoluteSeconds } as SessionsConfig, clock);
}

describe('SessionLifetimes', () => {
  it('gives a new session its idle and its absolute end, counted from now', () => {
    expect(lifetimesAt('2026-03-01T00:00:00Z').begin()).toEqual({
      now: new Date('2026-03-01T00:00:00Z'),
      expiresAt: new Date('2026-03-01T07:00:00Z'),
      absoluteExpiresAt: new Date('2026-03-02T06:00:00Z'),
    });
  });

  it('moves the idle end on with a rotation', () => {
    const { expiresAt } = lifetimesAt('2026-03-01T05:00:00Z').extend(new Date('2026-03-02T06:00:00Z'));

    expect(expiresAt).toEqual(new Date('2026-03-01T12:00:00Z'));
  });

  it('never moves the idle end beyond the absolute end', () => {
    const { expiresAt } = lifetimesAt('2026-03-02T02:00:00Z').extend(new Date('2026-03-02T06:00:00Z'));

    expect(expiresAt).toEqual(new Date('2026-03-02T06:00:00Z'));
  });

  it('holds a new session to its absolute end when that is configured to come first', () => {
    const { expiresAt, absoluteExpiresAt } = lifetimesAt('2026-03-01T00:00:00Z', { absoluteSeconds: HOUR }).begin();

    expect(expiresAt).toEqual(absoluteExpiresAt);
  });
});
