import { Clock } from '../../src/platform/clock.js';

/** A clock that stands still until a test moves it. */
export class FakeClock extends Clock {
  private milliseconds = Date.now();

  override now(): Date {
    return new Date(this.milliseconds);
  }

  advance({ days = 0, hours = 0, minutes = 0, seconds = 0 }): void {
    this.milliseconds += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  }
}
