import { AuthError } from '../errors/auth-error.js';

const PAUSES_SECONDS = [1, 3, 10];

/** WeChat limits `wx.login` to four a second and twice the page views a day: after a failure the app waits a little. */
export class CoolDown {
  private failures = 0;
  private since = 0;
  private seconds = 0;
  private error: AuthError | undefined;

  /** @throws AuthError the failure that is being waited for */
  check(): void {
    const passed = (Date.now() - this.since) / 1000;
    const isCooling = passed >= 0 && passed < this.seconds; // a clock that was set back ends the wait
    if (!isCooling || !this.error) return;
    throw new AuthError(this.error.message, { ...this.error, retryAfter: Math.ceil(this.seconds - passed) });
  }

  failed(error: unknown): void {
    this.error = error instanceof AuthError ? error : undefined;
    this.since = Date.now();
    this.seconds = this.error?.retryAfter ?? PAUSES_SECONDS[Math.min(this.failures++, PAUSES_SECONDS.length - 1)]!;
  }

  reset(): void {
    this.failures = this.seconds = 0;
  }
}
