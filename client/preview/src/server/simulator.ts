import type { LoggedCall } from './wechat-log.js';

/** The control door of the WeChat simulator, as far as the preview uses it. */
export class Simulator {
  constructor(private readonly url: string) {}

  /** What `wx.login` gives. */
  async loginCode(user: string): Promise<string> {
    return (await this.control<{ code: string }>('POST', '/codes', { user })).code;
  }

  /** What the phone number button gives. */
  async phoneCode(user: string): Promise<string> {
    return (await this.control<{ code: string }>('POST', '/phone-codes', { user })).code;
  }

  requests(): Promise<LoggedCall[]> {
    return this.control('GET', '/requests');
  }

  takeDown(): Promise<unknown> {
    return this.control('POST', '/faults', { endpoint: '*', fault: 'http:502' });
  }

  bringBack(): Promise<unknown> {
    return this.control('DELETE', '/faults');
  }

  private async control<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.url}/__sim${path}`, {
      method,
      headers: body && { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`The simulator answered ${response.status}: ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }
}
