import type { Core } from '../core.js';
import { AuthError } from '../errors/auth-error.js';

const PAUSES_SECONDS = [0, 1, 3, 10];

/**
 * After a failure the app waits: as long as the server says, or a little, because WeChat limits `wx.login` to four a
 * second and twice the page views a day.
 *
 * @throws AuthError the failure that is being waited for
 */
export function checkCool({ coolError, coolSince, coolSeconds }: Core): void {
  const left = coolSeconds - Math.abs(Date.now() - coolSince) / 1000; // a clock that was set ends the wait
  if (coolError && left > 0) throw new AuthError(coolError.message, { ...coolError, retryAfter: Math.ceil(left) });
}

export function coolDown(core: Core, error: AuthError): void {
  core.coolError = error;
  core.coolSince = Date.now();
  core.coolSeconds = error.retryAfter || PAUSES_SECONDS[Math.min(core.silentFailures, 3)]!;
}
