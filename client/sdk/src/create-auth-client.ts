import type { AuthClient } from './auth-client.js';
import type { AuthClientOptions, RequestOptions } from './client-options.js';
import { type Core, newCore } from './core.js';
import type { AuthError } from './errors/auth-error.js';
import { isRenewable } from './errors/verdicts.js';
import type { User } from './http/answers.js';
import { send } from './http/send.js';
import { watchVisibility } from './http/visibility.js';
import { askWechat, knock, loginCode } from './session/doors.js';
import { leave, requireEpoch, restored, updateUser, userOf } from './session/identity.js';
import type { Session } from './session/kept-state.js';
import { currentSession, login, renewed, tellServerOfLogout } from './session/renewal.js';
import { describeDevice } from './wx/device.js';
import { phoneCodeOf, type PhoneNumberEvent } from './wx/phone-button.js';
import { requirePrivacy } from './wx/privacy.js';

const ME = '/api/v1/users/me';
const SESSIONS = '/api/v1/sessions';

/**
 * Makes the client.
 *
 * @example
 * import { createAuthClient } from '@wx-login/sdk'
 * export const client = createAuthClient({ wx, baseURL: 'https://api.example.com' })
 */
export function createAuthClient(options: AuthClientOptions): AuthClient {
  const core = newCore(options);
  watchVisibility(core);
  const request = <T>(path: string, more?: RequestOptions) => requestAs<T>(core, path, more);
  const remove = (path: string) => request<void>(path, { method: 'DELETE' });
  const logout = () => leaveAndTell(core);
  return {
    get user() {
      return userOf(core);
    },
    ready: () => ready(core),
    request,
    loginWithWechat: () => login(core, 'wechat', '', () => askWechat(core, 'wechat', 'code')),
    loginWithPhone: (event) => loginWithPhone(core, event),
    loginWithPassword: (credentials) => loginAtDoor(core, 'login', credentials),
    register: (registration) => loginAtDoor(core, 'register', registration),
    bindPhone: (event) => bindPhone(core, event),
    getUser: () => getUser(core),
    loginCode: () => loginCode(core),
    devices: {
      list: () => request(SESSIONS),
      end: (id) => remove(`${SESSIONS}/${encodeURIComponent(id)}`),
      endOthers: () => remove(SESSIONS),
    },
    logout,
    logoutAll: () => remove(SESSIONS).then(logout),
    requirePrivacy: () => requirePrivacy(core),
    onAuthChange(listener) {
      core.authListeners.push(listener);
      return () => {
        core.authListeners = core.authListeners.filter((each) => each !== listener);
      };
    },
  };
}

async function ready(core: Core) {
  const { epoch } = core;
  await restored(core);
  let error: AuthError | undefined;
  // After a logout nobody is asked to log in before they want something.
  if (core.kept.session || core.kept.silent) {
    await currentSession(core, epoch).catch((failure: AuthError) => {
      error = failure;
    });
  }
  return { user: userOf(core), error };
}

async function requestAs<T>(core: Core, path: string, more: RequestOptions = {}): Promise<T> {
  const { epoch } = core;
  await restored(core);
  let used: Session | undefined;
  const authorize = async () => {
    if (more.anonymous) return undefined;
    used = await currentSession(core, epoch);
    return used.accessToken;
  };
  // What comes after a logout is nobody's any more, be it an answer or an error.
  const attempt = () =>
    send(core, path, more, authorize).finally(() => used && requireEpoch(core, epoch)) as Promise<T>;
  try {
    return await attempt();
  } catch (error) {
    if (!used || !isRenewable(error, core.options.renewOn)) throw error;
    await renewed(core, epoch, used);
    return attempt();
  }
}

async function loginWithPhone(core: Core, event: PhoneNumberEvent) {
  const phoneCode = phoneCodeOf(core, event);
  return login(core, 'phone', phoneCode, () => askWechat(core, 'phone', 'loginCode', { phoneCode }));
}

/** Never tried twice by itself: each try counts against the account. */
function loginAtDoor(core: Core, door: string, data: object) {
  return login(core, 'password', door + JSON.stringify(data), () =>
    knock(core, door, { ...data, device: describeDevice(core) }),
  );
}

async function bindPhone(core: Core, event: PhoneNumberEvent): Promise<{ phone: string | null }> {
  const data = { code: phoneCodeOf(core, event), appId: core.options.appId };
  const bound = await requestAs<{ phone: string | null }>(core, `${ME}/phone`, { method: 'POST', data });
  const user = userOf(core);
  if (user) await updateUser(core, { ...user, ...bound });
  return bound;
}

async function getUser(core: Core): Promise<User> {
  const user = await requestAs<User>(core, ME);
  await updateUser(core, user);
  return user;
}

/** Here it is over at once, whatever is under way. */
async function leaveAndTell(core: Core): Promise<void> {
  core.epoch++;
  await restored(core);
  const { session } = core.kept;
  await leave(core);
  if (session) await tellServerOfLogout(core, session);
}
