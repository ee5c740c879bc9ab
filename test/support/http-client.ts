import type { ProblemDetails } from '../../src/platform/errors/problem-details.dto.js';
import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import type { LeakWatch } from './leak-watch.js';

export interface Answer<Body = ProblemDetails> {
  status: number;
  headers: Headers;
  body: Body;
  text: string;
}

export interface RequestOptions {
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

const SECRET_FIELDS = ['password', 'code', 'newPassword', 'currentPassword', 'loginCode', 'phoneCode'];

/** Talks to the server under test as a client does, and lets nothing pass the LeakWatch unseen. */
export class HttpClient {
  constructor(
    readonly url: string,
    private readonly watch: LeakWatch,
  ) {}

  get<Body>(path: string, options: RequestOptions = {}): Promise<Answer<Body>> {
    return this.send('GET', path, options);
  }

  post<Body>(path: string, body?: unknown, options: RequestOptions = {}): Promise<Answer<Body>> {
    return this.send('POST', path, { ...options, body });
  }

  delete<Body>(path: string, options: RequestOptions = {}): Promise<Answer<Body>> {
    return this.send('DELETE', path, options);
  }

  /** The one who asks for a fresh pair of tokens. */
  refresh(refreshToken: string): Promise<Answer<TokensDto>> {
    return this.post<TokensDto>('/api/v1/auth/refresh', { refreshToken });
  }

  async send<Body>(method: string, path: string, { token, body, headers = {} }: RequestOptions): Promise<Answer<Body>> {
    this.rememberSecrets(body);
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    this.watch.seeAnswer({ route: `${method} ${path}`, body: text });
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (isJson ? JSON.parse(text) : text) as Body,
    };
  }

  private rememberSecrets(body: unknown): void {
    if (typeof body !== 'object' || body === null) return;
    for (const name of SECRET_FIELDS) this.watch.keepSecret(name, (body as Record<string, unknown>)[name]);
  }
}
