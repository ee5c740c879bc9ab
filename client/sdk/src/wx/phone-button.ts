import type { Core } from '../core.js';
import { failureOf } from '../errors/auth-error.js';

/** The event of `<button open-type="getPhoneNumber" bindgetphonenumber="…">`. */
export interface PhoneNumberEvent {
  detail: { code?: string; errMsg?: string; errno?: number };
}

/**
 * The code of a tap. It is not that of `wx.login`, and works once, for five minutes.
 * @throws AuthError that says why there is none: refused, quota used up, privacy
 */
export function phoneCodeOf(core: Core, { detail }: PhoneNumberEvent): string {
  if (detail.code) return detail.code;
  throw failureOf(core, detail, /deny|denied|cancel/.test(detail.errMsg!) ? 'phone_refused' : 'phone_failed');
}
