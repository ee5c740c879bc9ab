import { ATTEMPTS_MAX, pauseAfter } from './delivery-schedule.js';

const HOUR = 3_600_000;
const half = () => 0.5;

describe('pauseAfter', () => {
  it('grows from five seconds to a day, and ends', () => {
    const pauses = Array.from({ length: ATTEMPTS_MAX }, (_, i) => pauseAfter(i + 1, 0, half));

    expect(pauses[0]).toBe(5_000);
    expect(pauses.at(-2)).toBe(24 * HOUR);
    expect(pauses.at(-1)).toBeNull();
    expect(pauses.slice(0, -1)).toEqual([...pauses.slice(0, -1)].sort((a, b) => a! - b!));
  });

  it('is a fifth shorter or longer by chance', () => {
    expect(pauseAfter(1, 0, () => 0)).toBe(4_000);
    expect(pauseAfter(1, 0, () => 1)).toBe(6_000);
  });

  it('is at least what the receiver wishes, up to a day', () => {
    expect(pauseAfter(1, 60_000, half)).toBe(60_000);
    expect(pauseAfter(2, 60_000, half)).toBe(300_000);
    expect(pauseAfter(1, 1_000 * HOUR, half)).toBe(24 * HOUR);
  });
});
