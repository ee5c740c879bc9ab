import type { AuthClient, LoginResult, ReadyState } from './auth-client.js';
import type { AuthClientOptions, RequestOptions } from './client-options.js';
import type { AuthError } from './errors/auth-error.js';
import type { Device, User } from './http/answers.js';
import { ServerClock } from './http/server-clock.js';
import { Transport } from './http/transport.js';
import { Visibility } from './http/visibility.js';
import { AuthDoors, isRenewable } from './session/auth-doors.js';
import { type AuthChange, Identity } from './session/identity.js';
import { Renewal } from './session/renewal.js';
import { Storage } from './session/storage.js';
import { WechatLogin } from './session/wechat-login.js';
import { type PhoneNumberEvent, phoneCodeOf } from './wx/phone-button.js';
import { requirePrivacy } from './wx/privacy.js';

const NEEDS_NO_KEY = ['GET', 'PUT', 'DELETE'];

/** Puts the parts together; what each method promises is said in auth-client.ts. */
class Client implements AuthClient {
  private readonly identity: Identity;
  private readonly renewal: Renewal;
  private readonly transport: Transport;
  private readonly doors: AuthDoors;
  private readonly wechat: WechatLogin;

  constructor(private readonly options: AuthClientOptions) {
    const { wx, appId, locale = 'zh', timeout = 10_000, retries = 1, storageKey = 'wx-login' } = options;
    const clock = new ServerClock();
    const baseURL = options.baseURL.replace(/\/+$/, '');
    const visibility = new Visibility(wx);
    this.transport = new Transport({ wx, baseURL, locale, timeoutMs: timeout, retries, clock, visibility });
    this.identity = new Identity(new Storage(wx, storageKey), clock, locale);
    this.doors = new AuthDoors(this.transport);
    this.wechat = new WechatLogin(wx, locale, appId);
    const { identity, doors, wechat } = this;
    this.renewal = new Renewal({ identity, doors, wechat, clock, locale, onLoginRequired: options.onLoginRequired });
    if (options.onAuthChange) this.onAuthChange(options.onAuthChange);
  }

  readonly devices = {
    list: (): Promise<Device[]> => this.request<Device[]>('/api/v1/sessions'),

    end: (id: string): Promise<void> =>
      this.request(`/api/v1/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' }),

    endOthers: (): Promise<void> => this.request('/api/v1/sessions', { method: 'DELETE' }),
  };

  async ready(): Promise<ReadyState> {
    const { identity } = this;
    await identity.restored();
    const mayLogIn = identity.session || identity.silent;
    const error = mayLogIn
      ? await this.renewal.current(identity.epoch).then(
          () => undefined,
          (failure: AuthError) => failure,
        )
      : undefined;
    return { user: this.user, error };
  }

  get user(): User | null {
    return this.identity.session?.user ?? null;
  }

  async request<T = unknown>(path: string, options: RequestOptions = {}): Promise<T> {
    const { identity, renewal } = this;
    await identity.restored();
    const { epoch } = identity;
    let used = '';
    const send = async (): Promise<T> => {
      const authorize = async (): Promise<string> =>
        options.anonymous ? '' : (used = (await renewal.current(epoch)).accessToken);
      const answer = await this.transport.send({ ...this.outgoing(path, options), authorize });
      if (!options.anonymous) identity.requireEpoch(epoch);
      return answer as T;
    };
    try {
      return await send();
    } catch (error) {
      if (options.anonymous || !isRenewable(error, this.options.renewOn ?? [])) throw error;
      await renewal.renewed(used, epoch);
      return send();
    }
  }

  loginWithWechat(): Promise<LoginResult> {
    return this.login('wechat', 'wechat', (context) =>
      this.wechat.withCode((code) => this.doors.wechat({ code, ...context })),
    );
  }

  async loginWithPhone(event: PhoneNumberEvent): Promise<LoginResult> {
    const phoneCode = phoneCodeOf(event, this.locale);
    return this.login('phone', phoneCode, (context) =>
      this.wechat.withCode((loginCode) => this.doors.phone({ loginCode, phoneCode, ...context })),
    );
  }

  loginWithPassword(credentials: { username: string; password: string }): Promise<LoginResult> {
    return this.loginAtDoor('login', credentials);
  }

  register(registration: { username: string; password: string; email?: string }): Promise<LoginResult> {
    return this.loginAtDoor('register', registration);
  }

  async bindPhone(event: PhoneNumberEvent): Promise<{ phone: string | null }> {
    const data = { code: phoneCodeOf(event, this.locale), appId: this.options.appId };
    const bound = await this.request<{ phone: string | null }>('/api/v1/users/me/phone', { method: 'POST', data });
    if (this.user) this.identity.update({ ...this.user, phone: bound.phone });
    return bound;
  }

  async getUser(): Promise<User> {
    const user = await this.request<User>('/api/v1/users/me');
    this.identity.update(user);
    return user;
  }

  async logout(): Promise<void> {
    await this.identity.restored();
    await this.renewal.logout();
  }

  async logoutAll(): Promise<void> {
    await this.devices.endOthers();
    await this.logout();
  }

  requirePrivacy(): Promise<void> {
    return requirePrivacy(this.options.wx, this.locale);
  }

  onAuthChange(listener: (change: AuthChange) => void): () => void {
    this.identity.listeners.add(listener);
    return () => void this.identity.listeners.delete(listener);
  }

  private get locale() {
    return this.options.locale ?? 'zh';
  }

  private outgoing(path: string, { method = 'GET', data, header, timeout, idempotent }: RequestOptions) {
    const isIdempotent = idempotent ?? NEEDS_NO_KEY.includes(method);
    return { path, method, data, header, timeoutMs: timeout, isIdempotent };
  }

  private loginAtDoor(door: 'login' | 'register', data: object): Promise<LoginResult> {
    const key = door + JSON.stringify(data);
    return this.login('password', key, (context) => this.doors.password(door, { ...data, device: context.device }));
  }

  private async login(
    kind: 'wechat' | 'phone' | 'password',
    key: string,
    send: (context: ReturnType<WechatLogin['context']>) => Promise<unknown>,
  ): Promise<LoginResult> {
    await this.identity.restored();
    const context = this.wechat.context(this.identity.deviceId);
    const { session, isNewUser } = await this.renewal.login({ kind, key, send: () => send(context) });
    return { user: session.user, isNewUser };
  }
}

/**
 * Makes the client.
 *
 * @example
 * import { createAuthClient } from '@wx-login/sdk'
 * export const client = createAuthClient({ wx, baseURL: 'https://api.example.com' })
 */
export function createAuthClient(options: AuthClientOptions): AuthClient {
  return new Client(options);
}
