import { type AuthClient, type AuthClientOptions, createAuthClient, type WxLike } from '@wx-login/sdk';
import type { TestApp } from './test-app.js';

interface Sent {
  request: string;
  status: number;
}

/** A phone with the SDK on it, whose network and WeChat are the real server and the simulator. */
export class SdkPhone {
  /** Every request that the server answered, in order. */
  readonly sent: Sent[] = [];
  logins = 0;
  /** Paths whose next answer gets lost on the way back. */
  readonly losesAnswerOf: string[] = [];
  isOffline = false;
  private readonly storage = new Map<string, unknown>();

  constructor(
    private readonly test: TestApp,
    readonly user: string,
    private readonly model = 'Xiaomi 14',
  ) {}

  launch(options: Partial<AuthClientOptions> = {}): AuthClient {
    return createAuthClient({ wx: this.wx(), baseURL: this.test.client.url, timeout: 5000, ...options });
  }

  count(request: string): number {
    return this.sent.filter((each) => each.request === request).length;
  }

  /** A tap on the phone number button, and the user's yes. */
  async tapPhoneButton(phone?: string) {
    return { detail: { code: await this.test.wechat.phoneCode(this.user, phone), errMsg: 'getPhoneNumber:ok' } };
  }

  /** The tokens in the storage, as a thief with the phone in the hand might copy them. */
  get keptRefreshToken(): string {
    const kept = JSON.parse(String(this.storage.get('wx-login'))) as { session: { refreshToken: string } };
    return kept.session.refreshToken;
  }

  private wx(): WxLike {
    return {
      request: (options) => void this.request(options),
      login: ({ success, fail }) => {
        this.logins++;
        this.test.wechat.code(this.user).then(
          (code) => success?.({ code }),
          (error: unknown) => fail?.({ errMsg: `login:fail ${String(error)}` }),
        );
      },
      getStorage: ({ key, success, fail }) =>
        this.storage.has(key)
          ? success?.({ data: this.storage.get(key) })
          : fail?.({ errMsg: 'getStorage:fail data not found' }),
      setStorage: ({ key, data, success }) => {
        this.storage.set(key, data);
        success?.({});
      },
      removeStorage: ({ key, success }) => success?.(this.storage.delete(key)),
      getDeviceInfo: () => ({ brand: '', model: this.model, system: 'Android 14', platform: 'android' }),
    };
  }

  private async request({ url, method = 'GET', data, header, success, fail }: Parameters<WxLike['request']>[0]) {
    if (this.isOffline) return fail?.({ errMsg: 'request:fail net::ERR_INTERNET_DISCONNECTED' });
    const path = url.slice(this.test.client.url.length);
    const headers = header as Record<string, string>;
    const { status, body, headers: answered } = await this.test.client.send(method, path, { body: data, headers });
    this.sent.push({ request: `${method} ${path}`, status });
    const lost = this.losesAnswerOf.indexOf(path);
    if (lost < 0) return success?.({ statusCode: status, data: body, header: Object.fromEntries(answered) });
    this.losesAnswerOf.splice(lost, 1);
    fail?.({ errMsg: 'request:fail timeout' });
  }
}
