import { Global, Injectable, Module } from '@nestjs/common';

/** The one place that asks what time it is, so that tests can hand in a time of their own. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  /** Whole seconds since 1970, as JWT claims count them. */
  nowSeconds(): number {
    return Math.floor(this.now().getTime() / 1000);
  }

  /** True when `then` is longer ago than this, and when it lies ahead because the clock was set back. */
  isOutdated(then: number, afterMs: number): boolean {
    const age = this.now().getTime() - then;
    return age < 0 || age > afterMs;
  }
}

@Global()
@Module({ providers: [Clock], exports: [Clock] })
export class ClockModule {}
