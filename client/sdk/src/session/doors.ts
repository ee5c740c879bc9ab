import type { Core } from '../core.js';
import { type AuthError, clientError, failureOf } from '../errors/auth-error.js';
import { send } from '../http/send.js';
import { call } from '../wx/call.js';
import { describeDevice } from '../wx/device.js';
import { requireEpoch } from './identity.js';

const LOGIN_TIMEOUT_MS = 8000;
/** Nobody should wait long for being let go. */
const LOGOUT_TIMEOUT_MS = 3000;

/** A door of the server that a login goes through; it needs no access token, and does not wait for a slot. */
export function knock(core: Core, door: string, data: object, idempotent?: boolean): Promise<unknown> {
  return send(core, `/api/v1/auth/${door}`, { method: 'POST', data, idempotent });
}

/** Asking again with the same refresh token gets the same answer. */
export function askRefresh(core: Core, refreshToken: string): Promise<unknown> {
  return knock(core, 'refresh', { refreshToken }, true);
}

/** Ends a session, if the server can be reached. */
export function askLogout(core: Core, accessToken: string): Promise<unknown> {
  const header = { Authorization: `Bearer ${accessToken}` };
  return send(core, '/api/v1/auth/logout', { method: 'POST', header, timeout: LOGOUT_TIMEOUT_MS });
}

/**
 * A login with a code from `wx.login`. The same code from the same phone gets the same answer for a minute; a code that
 * the server finds spent is replaced once.
 */
export async function askWechat(core: Core, door: string, codeName: string, data?: object): Promise<unknown> {
  const { epoch } = core;
  for (let tries = 0; ; tries++) {
    const code = await loginCode(core);
    requireEpoch(core, epoch);
    try {
      const { appId } = core.options;
      return await knock(core, door, { [codeName]: code, appId, device: describeDevice(core), ...data }, true);
    } catch (error) {
      if (tries || !/^wechat\.login_code_/.test((error as AuthError).code)) throw error;
    }
  }
}

/** @throws AuthError `client.wechat_login_failed` */
export async function loginCode(core: Core): Promise<string> {
  try {
    const { code } = await call<{ code: string }>(
      (callbacks) => core.host.login({ timeout: LOGIN_TIMEOUT_MS, ...callbacks }),
      LOGIN_TIMEOUT_MS + 1000,
    );
    if (code) return code;
  } catch (failure) {
    throw failureOf(core, failure, 'wechat_login_failed');
  }
  throw clientError(core, 'wechat_login_failed');
}
