import { ApiError, codeOf } from './problem.js';
import type { RequestOptions, Send } from './send.js';
import type { Tabs } from './tabs.js';
import type { Credentials, Registration, Tokens, User } from './types.js';

/** Who this page is logged in as. `unknown` until the server has been asked, `unreachable` when it did not answer. */
export type SessionState =
  | { status: 'unknown' | 'unreachable' }
  | { status: 'anonymous'; because?: string }
  | { status: 'signed-in'; user: User; sessionId: string };

export interface SessionParts {
  send: Send;
  tabs: Tabs;
  /** Tells whether to ask the server at all; never a secret. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  device: () => object;
  /** Milliseconds that never go back. */
  now: () => number;
}

const HINT = 'wxlogin.signed-in';
const FROM_OUR_PAGE = { 'x-wx-login-web': '1' };
const EARLY_MS = 30_000;

/**
 * The session of this page: the access token in memory only, renewed by the cookie that no script can read. One renewal
 * at a time; a request is repeated once at most; no answer is never taken for a logout.
 */
export class WebSession {
  private state: SessionState = { status: 'unknown' };
  private readonly listeners = new Set<() => void>();
  private token: { value: string; expiresAt: number } | null = null;
  private renewal: Promise<void> | null = null;
  private generation = 0;

  constructor(private readonly parts: SessionParts) {
    parts.tabs.listen((news) => void (news === 'logged-out' ? this.leave() : this.restore()));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): SessionState => this.state;

  /** Finds out whether this browser is still logged in, after a reload or because another tab said so. */
  readonly restore = async (): Promise<void> => {
    if (!this.parts.storage.getItem(HINT)) return this.show({ status: 'anonymous' });
    await this.renew().catch(() => undefined);
    if (this.state.status === 'unknown') this.show({ status: 'unreachable' });
  };

  async register(registration: Registration): Promise<void> {
    await this.enter('register', registration);
  }

  async login(credentials: Credentials): Promise<void> {
    await this.enter('login', credentials);
  }

  /** @throws NetworkError: then this browser is still logged in */
  async logout(): Promise<void> {
    try {
      await this.request('POST', '/auth/web/logout', { headers: FROM_OUR_PAGE });
    } catch (error) {
      if (!(error instanceof ApiError) || error.problem.status !== 401) throw error;
    }
    this.leave();
    this.parts.tabs.tell('logged-out');
  }

  /** Forgets the account that no longer exists, here and in the other tabs. */
  forget(): void {
    this.leave();
    this.parts.tabs.tell('logged-out');
  }

  /** Sends a request as the caller: with a fresh access token, and once more when the server refused the token. */
  readonly request: Send = async <T>(method: string, path: string, options: RequestOptions = {}): Promise<T> => {
    if (!this.token || this.token.expiresAt - this.parts.now() < EARLY_MS) await this.renew();
    const used = this.token;
    try {
      return await this.sendWith<T>(used, method, path, options);
    } catch (error) {
      if (!isRenewable(error)) throw error;
      if (this.token === used) await this.renew();
      return this.sendWith<T>(this.token, method, path, options);
    }
  };

  /** Shows what the caller has changed about themselves. */
  update(user: User): void {
    if (this.state.status === 'signed-in') this.show({ ...this.state, user });
  }

  private sendWith<T>(token: { value: string } | null, method: string, path: string, options: RequestOptions) {
    const authorization: Record<string, string> = token ? { authorization: `Bearer ${token.value}` } : {};
    return this.parts.send<T>(method, path, { ...options, headers: { ...options.headers, ...authorization } });
  }

  private async enter(door: 'login' | 'register', body: object): Promise<void> {
    const device = this.parts.device();
    const tokens = await this.parts.send<Tokens>('POST', `/auth/web/${door}`, {
      body: { ...body, device },
      headers: FROM_OUR_PAGE,
    });
    this.take(tokens);
    this.parts.tabs.tell('logged-in');
  }

  private renew(): Promise<void> {
    this.renewal ??= this.askForTokens().finally(() => (this.renewal = null));
    return this.renewal;
  }

  private async askForTokens(): Promise<void> {
    const { generation } = this;
    try {
      const tokens = await this.parts.send<Tokens>('POST', '/auth/web/refresh', { headers: FROM_OUR_PAGE });
      if (generation === this.generation) this.take(tokens);
    } catch (error) {
      if (generation === this.generation && isEnd(error)) this.leave(codeOf(error));
      throw error;
    }
  }

  private take({ accessToken, expiresIn, sessionId, user }: Tokens): void {
    this.generation++;
    this.token = { value: accessToken, expiresAt: this.parts.now() + expiresIn * 1000 };
    this.parts.storage.setItem(HINT, '1');
    this.show({ status: 'signed-in', user, sessionId });
  }

  private leave(because?: string): void {
    this.generation++;
    this.token = null;
    this.parts.storage.removeItem(HINT);
    this.show({ status: 'anonymous', because });
  }

  private show(state: SessionState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

function isRenewable(error: unknown): boolean {
  return /^(auth\.access_token_\w+|sessions\.ended)$/.test(codeOf(error) ?? '');
}

// The server's last word on the cookie; a limit or a fault is not.
function isEnd(error: unknown): boolean {
  return /^(sessions\.(ended|refresh_token_\w+)|users\.(banned|not_found))$/.test(codeOf(error) ?? '');
}
