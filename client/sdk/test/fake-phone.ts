import { createAuthClient } from '../src/index.js';
import type { AuthClient, AuthClientOptions, WxLike } from '../src/index.js';
import type { WxFailure, WxResponse } from '../src/wx/wx-like.js';
import { FakeServer, type Reply } from './fake-server.js';

type Callbacks<T> = { success?: (result: T) => void; fail?: (failure: WxFailure) => void };

/** How one request fares: it may not arrive, or its answer may not. */
export type Fate = 'ok' | 'offline' | 'lost answer' | 'lost request' | 'never settles' | 'interrupted';

const LATENCY_MS = 10;
const FLIGHTS = /auth\/(wechat|phone|login|register|refresh)$/;
const BASE_URL = 'https://api.example.com';

/** One phone with WeChat, one mini-program on it, and the network between it and the server; in virtual time. */
export class FakePhone {
  readonly storage = new Map<string, { data: unknown; encrypted: boolean }>();
  wechatUser = 'alice';
  logins = 0;
  /** Requests under way: to see how many there are at once. */
  inFlight = 0;
  mostInFlight = 0;
  /** What becomes of the next request to a path; asked once for each. */
  fate: (path: string) => Fate = () => 'ok';
  /** Told of each request that the app sends. */
  onSend: (path: string) => void = () => {};
  /** Some platforms do not show an answer's headers. */
  hidesHeaders = false;
  /** Milliseconds to the server and back, where not the usual ten. */
  latencyOf: (path: string) => number | undefined = () => undefined;
  /** Milliseconds until the storage has read or written. */
  storageMs = 1;
  /** Says for each write whether the storage takes it. */
  storageTakes: (data: string, encrypted: boolean) => boolean = () => true;
  /** Replaces parts of `wx`, for example by nothing. */
  overrides: Partial<WxLike> = {};
  overlaps = 0;
  private flights = 0;
  private life = 0;
  private readonly showListeners: (() => void)[] = [];
  private readonly hideListeners: (() => void)[] = [];

  constructor(readonly server = new FakeServer(serverNow)) {}

  /** WeChat kills the mini-program: nothing it waits for ever comes, and nothing it still wants to do is done. */
  kill(): void {
    this.life++;
    this.flights = this.inFlight = 0;
    this.showListeners.length = this.hideListeners.length = 0;
  }

  /** Launches the mini-program anew, on the storage of before. */
  launch(options: Partial<AuthClientOptions> = {}): AuthClient {
    return createAuthClient({ wx: this.wx(), baseURL: BASE_URL, ...options });
  }

  /** What the storage holds, as an app that was killed would find it. */
  get kept(): Record<string, unknown> | undefined {
    const text = this.storage.get('wx-login')?.data;
    return text === undefined ? undefined : (JSON.parse(text as string) as Record<string, unknown>);
  }

  hide(): void {
    for (const listener of this.hideListeners) listener();
  }

  show(): void {
    for (const listener of this.showListeners) listener();
  }

  wx(): WxLike {
    const bornIn = this.life;
    const whole = this.livingWx();
    const mortal = Object.entries(whole).map(([name, method]) => {
      const call = (...args: unknown[]) =>
        bornIn === this.life ? (method as (...args: unknown[]) => unknown)(...args) : undefined;
      return [name, typeof method === 'function' ? call : undefined];
    });
    return Object.fromEntries(mortal) as WxLike;
  }

  private livingWx(): WxLike {
    return {
      request: (options) => this.request(options),
      login: (options) => this.login(options),
      getStorage: ({ key, encrypt, ...callbacks }) => this.getStorage(key, Boolean(encrypt), callbacks),
      setStorage: ({ key, data, encrypt, ...callbacks }) => this.setStorage(key, data, Boolean(encrypt), callbacks),
      removeStorage: ({ key, ...callbacks }) => {
        this.later(() => {
          this.storage.delete(key);
          callbacks.success?.({ errMsg: 'removeStorage:ok' });
        }, this.storageMs);
      },
      getDeviceInfo: () => ({ brand: 'Xiaomi', model: '23127PN0CC', system: 'Android 14', platform: 'android' }),
      onAppShow: (listener) => void this.showListeners.push(listener),
      onAppHide: (listener) => void this.hideListeners.push(listener),
      ...this.overrides,
    };
  }

  private request(options: Parameters<WxLike['request']>[0]): { abort: () => void } {
    const path = options.url.slice(BASE_URL.length);
    this.onSend(path);
    const wayMs = (this.latencyOf(path) ?? LATENCY_MS) / 2;
    const land = this.takeOff(path);
    const settle = (callback: () => void, afterMs = wayMs) => this.later(() => void (land() && callback()), afterMs);
    const fail = (errMsg: string, afterMs = wayMs) =>
      settle(() => options.fail?.({ errMsg: `request:fail ${errMsg}` }), afterMs);
    const arrive = (answer: (reply: Reply) => void) =>
      setTimeout(() => answer(this.server.handle(toReceived(options, path, this.server.now()))), wayMs);
    switch (this.fate(path)) {
      case 'offline':
        fail('net::ERR_INTERNET_DISCONNECTED');
        break;
      case 'interrupted':
        fail('interrupted');
        break;
      case 'lost request':
        fail('timeout', options.timeout);
        break;
      case 'lost answer':
        arrive(() => fail('timeout', options.timeout));
        break;
      case 'ok':
        arrive((reply) =>
          settle(() => options.success?.(toResponse(this.hidesHeaders ? withoutHeader(reply) : reply))),
        );
        break;
      case 'never settles':
    }
    return { abort: () => void land() };
  }

  /** Counts what is under way, and the logins and refreshes that overlap: there must be none. Landing works once. */
  private takeOff(path: string): () => boolean {
    const isFlight = FLIGHTS.test(path);
    if (isFlight && this.flights++ > 0) this.overlaps++;
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    let isUp = true;
    return () => {
      const wasUp = isUp;
      isUp = false;
      if (wasUp) this.inFlight--;
      if (wasUp && isFlight) this.flights--;
      return wasUp;
    };
  }

  private later(callback: () => void, afterMs = 1): void {
    const bornIn = this.life;
    setTimeout(() => void (bornIn === this.life && callback()), afterMs);
  }

  private login({ success }: Callbacks<{ code: string }>): void {
    this.logins++;
    this.later(() => success?.({ code: this.server.loginCode(this.wechatUser) }));
  }

  private setStorage(key: string, data: unknown, encrypted: boolean, { success, fail }: Callbacks<unknown>): void {
    this.later(() => {
      if (!this.storageTakes(String(data), encrypted)) return fail?.({ errMsg: 'setStorage:fail exceed max size' });
      this.storage.set(key, { data, encrypted });
      success?.({ errMsg: 'setStorage:ok' });
    }, this.storageMs);
  }

  private getStorage(key: string, encrypt: boolean, { success, fail }: Callbacks<{ data: unknown }>): void {
    this.later(() => {
      const kept = this.storage.get(key);
      if (kept && kept.encrypted === encrypt) success?.({ data: kept.data });
      else fail?.({ errMsg: kept ? 'getStorage:fail decrypt error' : 'getStorage:fail data not found' });
    }, this.storageMs);
  }
}

/** The server's clock: it goes on with virtual time, and does not move when the phone's clock is set. */
export function serverNow(): number {
  return Date.parse('2026-03-01T08:00:00Z') + performance.now();
}

function withoutHeader({ status, body }: Reply): Reply {
  return { status, body };
}

function toReceived({ method = 'GET', data, header = {} }: Parameters<WxLike['request']>[0], path: string, at: number) {
  const body = (typeof data === 'object' ? JSON.parse(JSON.stringify(data)) : {}) as Record<string, unknown>;
  const { Authorization: bearer } = header as { Authorization?: string };
  return { method, path, body, accessToken: bearer?.replace('Bearer ', ''), at };
}

function toResponse({ status, body, header = {} }: Reply): WxResponse {
  return { statusCode: status, data: body === undefined ? '' : (JSON.parse(JSON.stringify(body)) as unknown), header };
}
