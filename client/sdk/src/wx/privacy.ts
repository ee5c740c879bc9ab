import type { Core } from '../core.js';
import { failureOf } from '../errors/auth-error.js';
import { call } from './call.js';

/** Waits for the user as long as they read; base libraries before 2.32.3 ask for nothing. */
export async function requirePrivacy(core: Core): Promise<void> {
  try {
    const { host } = core;
    if (host.requirePrivacyAuthorize) await call((callbacks) => host.requirePrivacyAuthorize!(callbacks));
  } catch (failure) {
    throw failureOf(core, failure, 'privacy_refused');
  }
}
