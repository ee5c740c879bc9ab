import type { RequestOptions } from './client-options.js';
import type { AuthError } from './errors/auth-error.js';
import type { Device, User } from './http/answers.js';
import type { AuthChange } from './session/auth-change.js';
import type { PhoneNumberEvent } from './wx/phone-button.js';

/** What a login gives. */
export interface LoginResult {
  user: User;
  /** True when this login made the account. */
  isNewUser: boolean;
}

/** What `ready` found. */
export interface ReadyState {
  /** Who is logged in; null for nobody. */
  user: User | null;
  /** Why nobody could be logged in, or the login not be renewed, for example `client.offline`. */
  error?: AuthError;
}

/**
 * Logs in and stays logged in. Make one for the whole app, with `createAuthClient`. Every method that returns a promise
 * rejects with an `AuthError` and with nothing else.
 */
export interface AuthClient {
  /** Who is logged in, as far as the phone knows; null for nobody, and before `ready`. */
  readonly user: User | null;

  /**
   * Takes up the login of last time, or logs in silently. Call it in `onLaunch`; requests made meanwhile wait for it.
   * Never rejects: without a network the user stays logged in, and `error` says what was wrong.
   *
   * @example
   * App({ onLaunch() { client.ready().then(({ user }) => { this.globalData.user = user }) } })
   */
  ready(): Promise<ReadyState>;

  /**
   * Sends a request with the access token. A token that has expired is renewed and the request sent once more; nobody
   * else has to know about 401.
   *
   * @param path begins with `/`, for example `/api/v1/users/me` or `/orders`
   * @returns the body of the answer; undefined for 204
   * @throws AuthError any code of the server or the client; `client.login_required` when the user has to log in by hand
   * @example
   * const orders = await client.request<Order[]>('/orders', { data: { page: 2 } })
   */
  request<T = unknown>(path: string, options?: RequestOptions): Promise<T>;

  /**
   * Logs in with WeChat because the user asked for it, also after a logout.
   * @throws AuthError `client.wechat_login_failed`, `wechat.unavailable`, `wechat.user_blocked`, `users.banned` …
   */
  loginWithWechat(): Promise<LoginResult>;

  /**
   * One-tap login with the phone number of WeChat.
   *
   * @param event of `<button open-type="getPhoneNumber" bindgetphonenumber="onPhone">`
   * @throws AuthError `client.phone_refused`, `client.phone_quota`, `client.privacy_refused`, `wechat.phone_code_invalid` …
   * @example
   * Page({ async onPhone(event) { await client.loginWithPhone(event) } })
   */
  loginWithPhone(event: PhoneNumberEvent): Promise<LoginResult>;

  /**
   * Logs in with a password. Never tried twice by itself: each try counts against the account.
   *
   * @param credentials username or e-mail address, and password
   * @throws AuthError `auth.invalid_credentials`; `auth.too_many_attempts` with `retryAfter` in seconds; `users.banned`
   */
  loginWithPassword(credentials: { username: string; password: string }): Promise<LoginResult>;

  /**
   * Registers a username and password, and logs in.
   *
   * @param registration username of 3 to 20 letters and digits; password of at least 8 characters with an upper-case
   *   and a lower-case letter and a special character
   * @throws AuthError `users.username_taken`, `users.email_taken`, `users.password_too_weak`; `request.invalid` with
   *   `errors` for each field
   */
  register(registration: { username: string; password: string; email?: string }): Promise<LoginResult>;

  /**
   * Binds the phone number of WeChat to the account.
   *
   * @param event of `<button open-type="getPhoneNumber" bindgetphonenumber="onPhone">`
   * @returns the number, masked: `138****0001`
   * @throws AuthError `client.phone_refused`, `client.phone_quota`, `users.phone_taken` …
   */
  bindPhone(event: PhoneNumberEvent): Promise<{ phone: string | null }>;

  /**
   * Reads the account from the server; `client.user` is the same without asking.
   * @throws AuthError
   */
  getUser(): Promise<User>;

  /**
   * A code of `wx.login`, for a request that wants one, such as binding WeChat to the account. Logging in needs no call
   * of it.
   * @throws AuthError `client.wechat_login_failed`
   */
  loginCode(): Promise<string>;

  /** The account's signed-in devices. */
  readonly devices: {
    /**
     * Every device on which the account is logged in, newest first; `current` marks this one.
     * @throws AuthError
     */
    list(): Promise<Device[]>;

    /**
     * Logs one device out. For a device that is out already it does nothing.
     * @param id `id` of an entry of `list`
     * @throws AuthError `sessions.not_found`
     */
    end(id: string): Promise<void>;

    /**
     * Logs every device out but this one.
     * @throws AuthError
     */
    endOthers(): Promise<void>;
  };

  /**
   * Logs out, also without a network, and stays logged out until the user logs in again. Never rejects.
   */
  logout(): Promise<void>;

  /**
   * Logs out every device of the account, this one included.
   * @throws AuthError when the server could not be told; then nobody is logged out, so that it can be tried again
   */
  logoutAll(): Promise<void>;

  /**
   * Asks for the user's consent to the privacy guidelines, where it is still missing; at once where it is not needed.
   * @throws AuthError `client.privacy_refused` (errno 104); `client.privacy_undeclared` (errno 112), which the developer
   *   has to settle in the mini-program console
   */
  requirePrivacy(): Promise<void>;

  /**
   * Tells when somebody is logged in or no longer is.
   *
   * @returns call it to hear no more
   * @example
   * const stop = client.onAuthChange(({ user, reason }) => { if (!user) wx.reLaunch({ url: '/pages/login/login' }) })
   */
  onAuthChange(listener: (change: AuthChange) => void): () => void;
}
