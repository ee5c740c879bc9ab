import { failureOf, type Locale } from '../errors/auth-error.js';
import { call } from './call.js';
import type { WxLike } from './wx-like.js';

/** Waits for the user as long as they read; base libraries before 2.32.3 ask for nothing. */
export async function requirePrivacy(wx: WxLike, locale: Locale): Promise<void> {
  if (!wx.requirePrivacyAuthorize) return;
  await call((callbacks) => wx.requirePrivacyAuthorize!(callbacks)).catch((failure: unknown) => {
    throw failureOf(failure, 'client.privacy_refused', locale);
  });
}
