import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import type { Answer, HttpClient } from './http-client.js';

export interface CodeOptions {
  appId?: string;
  unionid?: string;
  openid?: string;
}

/** WeChat's side of a test: the simulator's control door. */
export class SimulatedWechat {
  constructor(private readonly url: string) {}

  /** What `wx.login` gives the mini-program of this user. */
  async code(user: string, options: CodeOptions = {}): Promise<string> {
    const { code } = (await this.control('POST', '/codes', { user, ...options })) as { code: string };
    return code;
  }

  codes(user: string, count: number): Promise<string[]> {
    return Promise.all(Array.from({ length: count }, () => this.code(user)));
  }

  /** Makes WeChat fail: `fault` as the simulator's README lists them. */
  async fault(fault: string, options: { times?: number; delayMs?: number } = {}): Promise<void> {
    await this.control('POST', '/faults', { endpoint: '/sns/jscode2session', fault, ...options });
  }

  async heal(): Promise<void> {
    await this.control('DELETE', '/faults');
  }

  async calls(): Promise<{ path: string; status: number }[]> {
    const answer = (await this.control('GET', '/requests')) as
      { path: string; status: number }[] | { requests: never[] };
    return Array.isArray(answer) ? answer : answer.requests;
  }

  private async control(method: string, path: string, body?: object): Promise<unknown> {
    const headers = body ? { 'content-type': 'application/json' } : undefined;
    const response = await fetch(`${this.url}/__sim${path}`, { method, headers, body: body && JSON.stringify(body) });
    if (!response.ok) throw new Error(`The simulator answered ${response.status}: ${await response.text()}`);
    return response.status === 204 ? null : response.json();
  }
}

/** Logs a simulated WeChat user in. */
export async function loginWithWechat(
  { wechat, client }: { wechat: SimulatedWechat; client: HttpClient },
  user: string,
  fields: object = {},
): Promise<Answer<TokensDto>> {
  return client.post<TokensDto>('/api/v1/auth/wechat', { code: await wechat.code(user), ...fields });
}
