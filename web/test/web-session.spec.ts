import { ApiError, NetworkError } from '../src/api/problem.js';
import type { RequestOptions, Send } from '../src/api/send.js';
import type { News } from '../src/api/tabs.js';
import { WebSession } from '../src/api/web-session.js';

const USER = { id: '7', username: 'Alice01', role: 'user' };
const MINUTE_MS = 60_000;

/** A server as the page sees it, the other tabs, and a clock. */
class World {
  time = 0;
  issued = 0;
  asked: string[] = [];
  told: News[] = [];
  private hear: (news: News) => void = () => undefined;
  readonly kept = new Map<string, string>();
  answers: Record<string, (token?: string) => unknown> = {};
  readonly session: WebSession;

  constructor({ isLoggedIn = true } = {}) {
    if (isLoggedIn) this.kept.set('wxlogin.signed-in', '1');
    this.session = new WebSession({
      send: this.send as Send,
      tabs: { tell: (news) => this.told.push(news), listen: (listener) => (this.hear = listener) },
      storage: {
        getItem: (key) => this.kept.get(key) ?? null,
        setItem: (key, value) => this.kept.set(key, value),
        removeItem: (key) => this.kept.delete(key),
      },
      device: () => ({ id: 'd' }),
      now: () => this.time,
    });
  }

  tokens = () => ({ accessToken: `t${++this.issued}`, expiresIn: 900, sessionId: 's', user: USER });
  otherTab = (news: News) => this.hear(news);
  times = (path: string) => this.asked.filter((each) => each === path).length;

  private send = async (_method: string, path: string, { headers }: RequestOptions = {}): Promise<unknown> => {
    this.asked.push(path);
    await Promise.resolve();
    const answer = this.answers[path] ?? (path.startsWith('/auth/web/') ? this.tokens : () => 'ok');
    return answer(headers?.authorization?.slice('Bearer '.length));
  };
}

const refuse =
  (code: string, status = 401) =>
  () => {
    throw new ApiError({ code, status, title: code });
  };
const offline = () => {
  throw new NetworkError('offline');
};

describe('WebSession', () => {
  const REFRESH = '/auth/web/refresh';
  const LOGOUT = '/auth/web/logout';

  it('does not ask the server where nobody has logged in', async () => {
    const { session, asked } = new World({ isLoggedIn: false });
    await session.restore();

    expect([session.current().status, asked]).toEqual(['anonymous', []]);
  });

  it('is logged in again after a reload, by the cookie', async () => {
    const { session, kept } = new World();
    await session.restore();

    expect(session.current()).toEqual({ status: 'signed-in', user: USER, sessionId: 's' });
    expect([...kept.entries()]).toEqual([['wxlogin.signed-in', '1']]);
  });

  it('is not logged out by a server that does not answer', async () => {
    const world = new World();
    world.answers[REFRESH] = offline;
    await world.session.restore();
    expect(world.session.current().status).toBe('unreachable');

    delete world.answers[REFRESH];
    await world.session.restore();
    expect(world.session.current().status).toBe('signed-in');
  });

  it.each(['request.rate_limited', 'service.unavailable', 'internal'])('is not logged out by %s', async (code) => {
    const world = new World();
    await world.session.restore();
    world.time += 20 * MINUTE_MS;
    world.answers[REFRESH] = refuse(code, 503);

    await expect(world.session.request('GET', '/x')).rejects.toThrow(code);
    expect(world.session.current().status).toBe('signed-in');
  });

  it.each(['sessions.ended', 'sessions.refresh_token_reused', 'users.banned'])('is over with %s', async (code) => {
    const world = new World();
    world.answers[REFRESH] = refuse(code);
    await world.session.restore();

    expect(world.session.current()).toEqual({ status: 'anonymous', because: code });
    expect(world.kept.size).toBe(0);
  });

  it('renews once for many requests with a token that the server refuses, and repeats each once', async () => {
    const world = new World();
    await world.session.restore();
    world.answers['/x'] = (token) => (token === 't1' ? refuse('auth.access_token_invalid')() : token);
    const answers = await Promise.all(Array.from({ length: 5 }, () => world.session.request('GET', '/x')));

    expect(answers).toEqual(['t2', 't2', 't2', 't2', 't2']);
    expect([world.times('/x'), world.times(REFRESH)]).toEqual([10, 2]);
  });

  it('repeats no request twice', async () => {
    const world = new World();
    await world.session.restore();
    world.answers['/x'] = refuse('auth.access_token_invalid');

    await expect(world.session.request('GET', '/x')).rejects.toThrow('auth.access_token_invalid');
    expect(world.times('/x')).toBe(2);
  });

  it('does not take a wrong password for a bad token', async () => {
    const world = new World();
    await world.session.restore();
    world.answers['/users/me/password'] = refuse('auth.invalid_credentials');

    await expect(world.session.request('PUT', '/users/me/password')).rejects.toThrow('auth.invalid_credentials');
    expect(world.times(REFRESH)).toBe(1);
  });

  it('renews before the token expires, by a clock of its own', async () => {
    const world = new World();
    await world.session.restore();
    world.time += 14.6 * MINUTE_MS;

    expect(await world.session.request('GET', '/x')).toBe('ok');
    expect(world.asked).toEqual([REFRESH, REFRESH, '/x']);
  });

  it('stays logged out when a renewal is answered after the logout', async () => {
    const world = new World();
    await world.session.restore();
    world.time += 20 * MINUTE_MS;
    let answer: (tokens: object) => void = () => undefined;
    world.answers[REFRESH] = () => new Promise((resolve) => (answer = resolve));
    const request = world.session.request('GET', '/x').catch(() => 'refused');
    await Promise.resolve();
    await Promise.resolve();
    world.otherTab('logged-out');
    answer(world.tokens());
    await request;

    expect(world.session.current().status).toBe('anonymous');
  });

  it('logs out, here and in the other tabs', async () => {
    const world = new World();
    await world.session.restore();
    await world.session.logout();

    expect([world.session.current(), world.told]).toEqual([{ status: 'anonymous' }, ['logged-out']]);
  });

  it('says so when a logout does not get through: the session would go on', async () => {
    const world = new World();
    await world.session.restore();
    world.answers[LOGOUT] = offline;

    await expect(world.session.logout()).rejects.toThrow(NetworkError);
    expect(world.session.current().status).toBe('signed-in');
  });

  it('counts a session that has ended before as logged out', async () => {
    const world = new World();
    await world.session.restore();
    world.answers[LOGOUT] = refuse('sessions.ended');
    world.answers[REFRESH] = refuse('sessions.ended');
    await world.session.logout();

    expect(world.session.current().status).toBe('anonymous');
  });

  it('follows the other tabs in and out', async () => {
    const world = new World({ isLoggedIn: false });
    await world.session.restore();
    world.kept.set('wxlogin.signed-in', '1'); // shared by the tabs
    world.otherTab('logged-in');
    await new Promise(process.nextTick);
    expect(world.session.current().status).toBe('signed-in');

    world.otherTab('logged-out');
    expect(world.session.current().status).toBe('anonymous');
    expect(world.told).toEqual([]);
  });

  it('tells the other tabs of a login', async () => {
    const world = new World({ isLoggedIn: false });
    await world.session.login({ username: 'Alice01', password: 'x' });

    expect([world.session.current().status, world.told]).toEqual(['signed-in', ['logged-in']]);
  });
});
