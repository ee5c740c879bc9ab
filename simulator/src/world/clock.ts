/** The simulator's time: the machine's (or a test's) plus an offset, so that a code can expire without waiting. */
export class Clock {
  offsetSeconds = 0;

  constructor(private readonly base: () => number) {}

  /** Milliseconds since 1970. */
  now(): number {
    return this.base() + this.offsetSeconds * 1000;
  }
}
