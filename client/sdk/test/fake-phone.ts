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
  /** Some platforms do not show an answer's headers. */
  hidesHeaders = false;
  /** Milliseconds to the server and back, where not the usual ten. */
  latencyOf: (path: string) => number | undefined = () => undefined;
  /** Says for each write whether the storage takes it. */
  storageTakes: (data: string, encrypted: boolean) => boolean = () => true;
  /** Replaces parts of `wx`, for example by nothing. */
  overrides: Partial<WxLike> = {};
  overlaps = 0;
  private flights = 0;
  private readonly showListeners: (() => void)[] = [];
  private readonly hideListeners: (() => void)[] = [];

  constructor(readonly server = new FakeServer(serverNow)) {}

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
    return {
      request: (options) => this.request(options),
      login: (options) => this.login(options),
      getStorage: ({ key, encrypt, ...callbacks }) => this.getStorage(key, Boolean(encrypt), callbacks),
      setStorage: ({ key, data, encrypt, ...callbacks }) => this.setStorage(key, data, Boolean(encrypt), callbacks),
      removeStorage: ({ key, ...callbacks }) => {
        later(() => {
          this.storage.delete(key);
          callbacks.success?.({ errMsg: 'removeStorage:ok' });
        });
      },
      getDeviceInfo: () => ({ brand: 'Xiaomi', model: '23127PN0CC', system: 'Android 14', platform: 'android' }),
      onAppShow: (listener) => void this.showListeners.push(listener),
      onAppHide: (listener) => void this.hideListeners.push(listener),
      ...this.overrides,
    };
  }

  private request(options: Parameters<WxLike['request']>[0]): void {
    const path = options.url.slice(BASE_URL.length);
    const fate = this.fate(path);
    this.noteFlight(path, options);
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    const fail = (errMsg: string) => this.settle(() => options.fail?.({ errMsg: `request:fail ${errMsg}` }));
    if (fate === 'never settles') return;
    if (fate === 'offline') return fail('net::ERR_INTERNET_DISCONNECTED');
    if (fate === 'interrupted') return fail('interrupted');
    if (fate === 'lost request') return fail('timeout');
    const wayMs = (this.latencyOf(path) ?? LATENCY_MS) / 2;
    setTimeout(() => {
      const reply = this.server.handle(toReceived(options, path, this.server.now()));
      if (fate === 'lost answer') return fail('timeout');
      this.settle(() => options.success?.(toResponse(this.hidesHeaders ? { ...reply, header: {} } : reply)), wayMs);
    }, wayMs);
  }

  /** Counts the logins and refreshes that were under way at the same time: there must be none. */
  private noteFlight(path: string, options: { success?: unknown; fail?: unknown }): void {
    if (!FLIGHTS.test(path)) return;
    if (this.flights++ > 0) this.overlaps++;
    for (const name of ['success', 'fail'] as const) {
      const callback = options[name] as ((result: unknown) => void) | undefined;
      options[name] = (result: unknown) => {
        this.flights--;
        callback?.(result);
      };
    }
  }

  private settle(callback: () => void, afterMs = LATENCY_MS / 2): void {
    setTimeout(() => {
      this.inFlight--;
      callback();
    }, afterMs);
  }

  private login({ success }: Callbacks<{ code: string }>): void {
    this.logins++;
    later(() => success?.({ code: this.server.loginCode(this.wechatUser) }));
  }

  private setStorage(key: string, data: unknown, encrypted: boolean, { success, fail }: Callbacks<unknown>): void {
    later(() => {
      if (!this.storageTakes(String(data), encrypted)) return fail?.({ errMsg: 'setStorage:fail exceed max size' });
      this.storage.set(key, { data, encrypted });
      success?.({ errMsg: 'setStorage:ok' });
    });
  }

  private getStorage(key: string, encrypt: boolean, { success, fail }: Callbacks<{ data: unknown }>): void {
    later(() => {
      const kept = this.storage.get(key);
      if (kept && kept.encrypted === encrypt) success?.({ data: kept.data });
      else fail?.({ errMsg: kept ? 'getStorage:fail decrypt error' : 'getStorage:fail data not found' });
    });
  }
}

/** The server's clock: it goes on with virtual time, and does not move when the phone's clock is set. */
export function serverNow(): number {
  return Date.parse('2026-03-01T08:00:00Z') + performance.now();
}

function later(callback: () => void): void {
  setTimeout(callback, 1);
}

function toReceived({ method = 'GET', data, header = {} }: Parameters<WxLike['request']>[0], path: string, at: number) {
  const body = (typeof data === 'object' ? JSON.parse(JSON.stringify(data)) : {}) as Record<string, unknown>;
  const { Authorization: bearer } = header as { Authorization?: string };
  return { method, path, body, accessToken: bearer?.replace('Bearer ', ''), at };
}

function toResponse({ status, body, header = {} }: Reply): WxResponse {
  return { statusCode: status, data: body === undefined ? '' : (JSON.parse(JSON.stringify(body)) as unknown), header };
}
