import { CONCURRENT_WINDOW_MS, decideRefresh, type RefreshState } from '../../../src/sessions/refresh/refresh-rules.js';
import type { Tokens, User } from '../src/http/answers.js';

/** A request as it reaches the server. */
export interface Received {
  method: string;
  path: string;
  body: Record<string, unknown>;
  accessToken: string | undefined;
  /** Milliseconds, on the server's clock. */
  at: number;
}

export interface Reply {
  status: number;
  body?: unknown;
  header?: Record<string, string>;
}

interface FakeSession extends RefreshState {
  id: string;
  user: User;
  deviceId: unknown;
  loginCode?: string;
  openedAt: number;
}

const ACCESS_TOKEN_SECONDS = 900;
const IDLE_MS = 7 * 86_400_000;
const ABSOLUTE_MS = 30 * 86_400_000;

/** The server's side of the story: sessions that live and die by the very rules of src/sessions/refresh. */
export class FakeServer {
  readonly received: Received[] = [];
  readonly sessions = new Map<string, FakeSession>();
  /** Answers instead of the real doors, when it returns something. */
  instead: ((request: Received) => Reply | undefined) | undefined;
  private readonly users = new Map<string, User>();
  private readonly passwords = new Map<string, string>();
  private readonly accessTokens = new Map<string, { session: FakeSession; generation: number; expiresAt: number }>();
  private readonly codes = new Map<string, string>();
  private readonly banned = new Set<string>();
  private counter = 0;

  /** @param now the server's own clock, in milliseconds: never the phone's */
  constructor(readonly now: () => number) {}

  /** What `wx.login` gives this user. */
  loginCode(wechatUser: string): string {
    const code = `code-${++this.counter}`;
    this.codes.set(code, wechatUser);
    return code;
  }

  count(path: string): number {
    return this.received.filter((request) => request.path === path).length;
  }

  /** Every access token of now stops working, though its session goes on. */
  expireAccessTokens(): void {
    for (const token of this.accessTokens.values()) token.expiresAt = 0;
  }

  /** Somebody ends every session of now, for example from the web page. */
  endSessions(): void {
    for (const session of this.sessions.values()) session.endedAt ??= new Date(this.now());
  }

  ban(userId: string): void {
    this.banned.add(userId);
    this.endSessions();
  }

  handle(request: Received): Reply {
    this.received.push(request);
    const reply = this.instead?.(request) ?? this.route(request);
    return { ...reply, header: { date: new Date(this.now()).toUTCString(), ...reply.header } };
  }

  private route(request: Received): Reply {
    const { path, body } = request;
    if (path === '/api/v1/auth/wechat') return this.wechat(body);
    if (path === '/api/v1/auth/phone') return this.wechat({ ...body, code: body.loginCode });
    if (path === '/api/v1/auth/login') return this.password(body);
    if (path === '/api/v1/auth/register') return this.register(body);
    if (path === '/api/v1/auth/refresh') return this.refresh(String(body.refreshToken));
    if (path === '/api/v1/auth/username-available') return { status: 200, body: { available: true } };
    return this.guarded(request);
  }

  private wechat({ code, device }: Record<string, unknown>): Reply {
    const deviceId = (device as { id?: string } | undefined)?.id;
    const wechatUser = this.codes.get(String(code));
    if (!wechatUser) return this.repeated(String(code), deviceId);
    this.codes.delete(String(code));
    return { status: 200, body: this.open(this.userOf(wechatUser), { deviceId, loginCode: String(code) }) };
  }

  /** docs/decisions/0009: the same code from the same device, within a minute, is the same login. */
  private repeated(loginCode: string, deviceId: unknown): Reply {
    const session = [...this.sessions.values()].find((each) => each.loginCode === loginCode);
    if (!session) return problem(401, 'wechat.login_code_invalid');
    const isRepeat = session.deviceId === deviceId && this.now() - session.openedAt <= 60_000 && !session.endedAt;
    return isRepeat ? { status: 200, body: this.issue(session) } : problem(401, 'wechat.login_code_used');
  }

  private password({ username, password, device }: Record<string, unknown>): Reply {
    if (this.passwords.get(String(username)) !== password) return problem(401, 'auth.invalid_credentials');
    return { status: 200, body: this.open(this.userOf(String(username)), { deviceId: (device as { id: string }).id }) };
  }

  private register({ username, password, device }: Record<string, unknown>): Reply {
    if (this.passwords.has(String(username))) return problem(409, 'users.username_taken');
    this.passwords.set(String(username), String(password));
    const user = this.userOf(String(username));
    return { status: 201, body: this.open(user, { deviceId: (device as { id: string }).id }) };
  }

  private refresh(token: string): Reply {
    const [, id = '', counter] = /^rt_(.+)_(\d+)$/.exec(token) ?? [];
    const session = this.sessions.get(id);
    if (!session) return problem(401, 'sessions.refresh_token_invalid');
    const decision = decideRefresh(session, Number(counter), new Date(this.now()));
    if (decision.action === 'refuse') {
      const codes = { ended: 'ended', superseded: 'ended', expired: 'refresh_token_expired' };
      return problem(401, `sessions.${{ ...codes, unknown_counter: 'refresh_token_invalid' }[decision.because]}`);
    }
    if (decision.action === 'end') {
      session.endedAt = new Date(this.now());
      return problem(401, 'sessions.refresh_token_reused');
    }
    if (this.banned.has(session.user.id)) return problem(403, 'users.banned');
    if (decision.action === 'rotate') this.rotate(session);
    return { status: 200, body: this.issue(session) };
  }

  private rotate(session: FakeSession): void {
    const now = this.now();
    session.seenGeneration = Math.max(session.seenGeneration, session.generation);
    session.generation++;
    session.rotatedAt = new Date(now);
    session.expiresAt = new Date(Math.min(now + IDLE_MS, session.absoluteExpiresAt.getTime()));
  }

  private guarded(request: Received): Reply {
    const token = this.accessTokens.get(request.accessToken ?? '');
    if (!request.accessToken) return problem(401, 'auth.access_token_missing');
    if (!token) return problem(401, 'auth.access_token_invalid');
    if (token.expiresAt <= this.now()) return problem(401, 'auth.access_token_expired');
    const { session, generation } = token;
    if (session.endedAt) return problem(401, 'sessions.ended');
    session.seenGeneration = Math.max(session.seenGeneration, generation);
    return this.forCaller(request, session);
  }

  private forCaller({ method, path }: Received, session: FakeSession): Reply {
    if (path === '/api/v1/auth/logout') return this.end([session]);
    if (path === '/api/v1/users/me') return { status: 200, body: session.user };
    if (path === '/api/v1/users/me/phone') {
      session.user = { ...session.user, phone: '138****0001' };
      return { status: 200, body: { phone: session.user.phone } };
    }
    if (path.startsWith('/api/v1/sessions')) return this.devices(method, path, session);
    return { status: 200, body: { path, userId: session.user.id } };
  }

  private devices(method: string, path: string, session: FakeSession): Reply {
    const own = [...this.sessions.values()].filter(({ user, endedAt }) => user.id === session.user.id && !endedAt);
    if (method === 'GET') return { status: 200, body: own.map(({ id }) => ({ id, current: id === session.id })) };
    const id = path.split('/')[4];
    return this.end(own.filter((each) => (id ? each.id === id : each !== session)));
  }

  private end(sessions: FakeSession[]): Reply {
    for (const session of sessions) session.endedAt = new Date(this.now());
    return { status: 204 };
  }

  private open(user: User, fields: { deviceId: unknown; loginCode?: string }): Tokens {
    const now = this.now();
    const own = [...this.sessions.values()].find((each) => isOfDevice(each, user, fields.deviceId));
    if (own && fields.loginCode) return this.takeUp(own, fields);
    const session: FakeSession = {
      ...{ id: `s${++this.counter}`, user, ...fields, openedAt: now, endedAt: null },
      ...{ generation: 1, firstGeneration: 1, seenGeneration: 0 },
      ...{
        rotatedAt: new Date(now),
        expiresAt: new Date(now + IDLE_MS),
        absoluteExpiresAt: new Date(now + ABSOLUTE_MS),
      },
    };
    this.sessions.set(session.id, session);
    return this.issue(session);
  }

  /** docs/decisions/0016: a WeChat login on the same device is a new chain of tokens in the same session. */
  private takeUp(session: FakeSession, { loginCode }: { loginCode?: string }): Tokens {
    const now = this.now();
    const isUnused = session.generation === session.firstGeneration && session.expiresAt.getTime() > now;
    if (isUnused && now - session.openedAt <= CONCURRENT_WINDOW_MS) return this.issue(session);
    session.absoluteExpiresAt = new Date(now + ABSOLUTE_MS);
    this.rotate(session);
    session.firstGeneration = session.generation;
    return this.issue(Object.assign(session, { loginCode, openedAt: now }));
  }

  private issue(session: FakeSession): Tokens {
    const accessToken = `at_${++this.counter}`;
    const expiresAt = this.now() + ACCESS_TOKEN_SECONDS * 1000;
    this.accessTokens.set(accessToken, { session, generation: session.generation, expiresAt });
    const refreshToken = `rt_${session.id}_${session.generation}`;
    const { id: sessionId, user } = session;
    return { accessToken, expiresIn: ACCESS_TOKEN_SECONDS, refreshToken, sessionId, isNewUser: false, user };
  }

  private userOf(name: string): User {
    const user = this.users.get(name) ?? {
      ...{
        id: String(1000 + this.users.size),
        username: null,
        nickname: null,
        avatarUrl: null,
        email: null,
        phone: null,
      },
      ...{ role: 'user', createdAt: '2026-03-01T08:00:00.000Z' },
    };
    this.users.set(name, user);
    return user;
  }
}

function isOfDevice({ loginCode, endedAt, ...session }: FakeSession, user: User, deviceId: unknown): boolean {
  return Boolean(loginCode && deviceId) && !endedAt && session.user.id === user.id && session.deviceId === deviceId;
}

/** An error as the server words it. */
export function problem(status: number, code: string, more: object = {}): Reply {
  return {
    status,
    body: { type: `urn:wx-login:error:${code}`, title: code, status, code, requestId: 'req-1', ...more },
  };
}
