import { WechatClient } from '../../src/wechat/wechat.client.js';
import type { TestApp } from './test-app.js';

export const APP_ID = 'wx0000000000000001';

/** One request that the simulator got. */
export interface SeenCall {
  path: string;
  query: Record<string, string>;
  body?: Record<string, unknown>;
  errcode: number | null;
}

/** The parts of the simulator's control door that are about access tokens, phones, session keys and quotas. */
export class WechatConsole {
  constructor(private readonly test: Pick<TestApp, 'environment' | 'watch'>) {}

  /** A tap on the phone number button. */
  async phoneCode(user: string, phone?: string): Promise<string> {
    const { code } = await this.control<{ code: string }>('POST', '/phone-codes', { user, phone });
    this.test.watch.keepSecret('a phone code', code);
    return code;
  }

  /** Makes an endpoint fail; without `times` until all is healed. */
  fault(endpoint: string, fault: string, times?: number): Promise<void> {
    return this.control('POST', '/faults', { endpoint, fault, times });
  }

  setUser(user: string, fields: object): Promise<void> {
    return this.control('PUT', '/users', { user, ...fields });
  }

  setApp(fields: object): Promise<void> {
    return this.control('PUT', '/apps', fields);
  }

  setQuota(endpoint: string, dailyLimit: number): Promise<void> {
    return this.control('PUT', '/quotas', { endpoint, dailyLimit });
  }

  /** What WeChat does on its own side now and then. */
  endAccessTokens(): Promise<void> {
    return this.control('DELETE', '/access-tokens', {});
  }

  heal(): Promise<void> {
    return this.control('DELETE', '/faults');
  }

  async calls(path: string): Promise<SeenCall[]> {
    const calls = await this.control<SeenCall[]>('GET', '/requests');
    return calls.filter((call) => call.path === path);
  }

  private async control<T = void>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.test.environment.WECHAT_API_BASE_URL}/__sim${path}`, {
      method,
      headers: body ? { 'content-type': 'application/json' } : undefined,
      body: body && JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`The simulator answered ${response.status}: ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }
}

/** Somebody whom WeChat knows, as our server got to know them. */
export async function somebody(test: TestApp, user: string) {
  const wechat = test.app.get(WechatClient);
  const identity = await wechat.exchangeLoginCode(await test.wechat.code(user));
  test.watch.keepSecret('a session_key', identity.sessionKey);
  return identity;
}

/** The code of the error that a call ends in. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'none',
    (error: { type?: { code?: string } }) => error.type?.code ?? String(error),
  );
}
