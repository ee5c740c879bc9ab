import { type AuthError, failureOf, type Locale } from '../errors/auth-error.js';

/** The event of `<button open-type="getPhoneNumber" bindgetphonenumber="…">`. */
export interface PhoneNumberEvent {
  detail: { code?: string; errMsg?: string; errno?: number };
}

/**
 * The code of a tap. It is not that of `wx.login`, and works once, for five minutes.
 * @throws AuthError that says why there is none: refused, quota used up, privacy
 */
export function phoneCodeOf({ detail }: PhoneNumberEvent, locale: Locale): string {
  if (detail.code) return detail.code;
  throw phoneFailure(detail, locale);
}

function phoneFailure({ errMsg = '', errno }: PhoneNumberEvent['detail'], locale: Locale): AuthError {
  const isRefusal = /deny|denied|cancel/.test(errMsg);
  return failureOf({ errMsg, errno }, isRefusal ? 'client.phone_refused' : 'client.phone_failed', locale);
}
