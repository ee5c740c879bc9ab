import type { ProblemDetails } from '../../../src/platform/errors/problem-details.dto.js';
import type { WebTokensDto } from '../../../src/auth/web/web-tokens.dto.js';
import type { Answer, HttpClient } from '../http-client.js';

const DOORS = '/api/v1/auth/web';

/** What a browser adds to every request of our own page. */
export const FROM_OUR_PAGE = { 'sec-fetch-site': 'same-origin', 'x-wx-login-web': '1' };

/** A browser on our own page, as far as the server can see: it keeps one cookie, and sends it along. */
export class WebPage {
  cookie = '';

  constructor(
    private readonly client: HttpClient,
    private readonly headers: Record<string, string> = FROM_OUR_PAGE,
  ) {}

  /** Another tab of the same browser. */
  tab(): WebPage {
    return Object.assign(new WebPage(this.client, this.headers), { cookie: this.cookie });
  }

  async send<Body = WebTokensDto>(door: string, body?: object, token?: string): Promise<Answer<Body>> {
    const headers = { ...this.headers, ...(this.cookie && { cookie: this.cookie }) };
    const answer = await this.client.post<Body>(`${DOORS}/${door}`, body, { headers, token });
    for (const line of answer.headers.getSetCookie()) this.keep(line);
    return answer;
  }

  refuse(door: string, body?: object, token?: string): Promise<Answer<ProblemDetails>> {
    return this.send<ProblemDetails>(door, body, token);
  }

  private keep(line: string): void {
    const [pair = ''] = line.split(';');
    this.cookie = line.includes('Max-Age=0') ? '' : pair;
  }
}

/** Name, value and attributes of the cookie that an answer sets. */
export function cookieOf({ headers }: Answer<unknown>): { name: string; value: string; attributes: string[] } {
  const [pair = '', ...attributes] = (headers.getSetCookie()[0] ?? '').split('; ');
  const [name = '', value = ''] = pair.split('=');
  return { name, value, attributes: attributes.sort() };
}
