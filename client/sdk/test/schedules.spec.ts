import * as fc from 'fast-check';
import { FakePhone, type Fate } from './fake-phone.js';
import { inVirtualTime, settled } from './story.js';
import type { AuthClient } from '../src/index.js';

const MINUTE = 60_000;
const RUNS = 1000;
const ENDING = /^(request\.invalid|sessions\.(ended|refresh_token_\w+))$/;
const FATES: Fate[] = ['ok', 'offline', 'lost answer', 'lost request', 'never settles', 'interrupted'];

/** One thing that happens, to the app, the phone, the network or the server. */
type Event =
  | { type: 'request'; method: 'GET' | 'POST'; count: number }
  | { type: 'wait'; ms: number }
  | { type: 'network'; fate: Fate; everySecond: boolean }
  | { type: 'clock'; days: number }
  | { type: 'expire' | 'end session' | 'logout' | 'login' | 'kill' | 'hide' | 'show' | 'other user' | 'storage' };

const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('request' as const),
      method: fc.constantFrom('GET' as const, 'POST' as const),
      count: fc.integer({ min: 1, max: 12 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('wait' as const),
      ms: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 20 * MINUTE })),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('network' as const),
      fate: fc.constantFrom(...FATES),
      everySecond: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('clock' as const), days: fc.constantFrom(-400, -1, 1, 400) }) },
  {
    weight: 6,
    arbitrary: fc
      .constantFrom(
        ...(['expire', 'end session', 'logout', 'login', 'kill', 'hide', 'show', 'other user', 'storage'] as const),
      )
      .map((type) => ({ type })),
  },
);

/** Plays one schedule, and watches whether a promise is broken. */
class Watch {
  readonly phone = new FakePhone();
  readonly broken: string[] = [];
  client!: AuthClient;
  private readonly processed = new Map<string, string[]>();
  private readonly asked = new Map<string, string | undefined>();
  private readonly pending = new Set<string>();
  private isOut = false;
  private hasLeft = false;
  private ends = 0;
  private counter = 0;

  constructor() {
    const { server } = this.phone;
    const handle = server.handle.bind(server);
    server.handle = (request) => {
      const reply = handle(request);
      const { code, userId } = Object(reply.body) as { code?: string; userId?: string };
      if (code && ENDING.test(code)) this.ends++;
      if (code === 'sessions.refresh_token_reused') this.broken.push('an honest client was taken for a thief');
      if (userId) this.processed.set(request.path, [...(this.processed.get(request.path) ?? []), userId]);
      return reply;
    };
    this.phone.onSend = (path) => this.sent(path);
    this.launch();
  }

  play(event: Event): void {
    const { phone } = this;
    const { server } = phone;
    switch (event.type) {
      case 'request':
        for (let i = 0; i < event.count; i++) this.request(event.method);
        break;
      case 'network': {
        let second = 0;
        phone.fate = () => (event.everySecond && second++ % 2 ? 'ok' : event.fate);
        break;
      }
      case 'clock':
        jest.setSystemTime(Date.now() + event.days * 86_400_000);
        break;
      case 'expire':
        return server.expireAccessTokens();
      case 'end session':
        return server.endSessions();
      case 'logout':
        this.isOut = this.hasLeft = true;
        return this.follow('logout', this.client.logout());
      case 'login':
        this.isOut = false;
        return this.follow('login', this.client.loginWithWechat());
      case 'kill':
        phone.kill();
        this.isOut &&= phone.kept?.silent === false; // whoever is killed before it is written cannot know of a logout
        this.pending.clear();
        return this.launch();
      case 'hide':
        return phone.hide();
      case 'show':
        return phone.show();
      case 'other user':
        phone.wechatUser = phone.wechatUser === 'alice' ? 'bob' : 'alice';
        break;
      case 'storage':
        phone.storageMs = phone.storageMs === 1 ? 300 : 1;
        break;
      case 'wait':
    }
  }

  async finish(): Promise<string[]> {
    this.phone.fate = () => 'ok';
    this.phone.show();
    await settled(Promise.resolve());
    const last = this.client.request('/last').then(
      () => 'in',
      (error: { code: string }) => error.code,
    );
    const outcome = await settled(last);
    const mayFail = outcome === 'client.user_changed' || outcome === 'client.logged_out';
    const isOut = this.hasLeft && this.phone.kept?.silent === false;
    if (isOut ? outcome === 'in' : outcome !== 'in' && !mayFail) this.broken.push(`in the end: ${outcome}`);
    if (this.phone.overlaps > 0) this.broken.push('two flights');
    for (const what of this.pending) this.broken.push(`${what} never settled`);
    this.checkProcessed();
    return this.broken;
  }

  private launch(): void {
    let ended = this.ends;
    this.client = this.phone.launch({
      onAuthChange: ({ reason }) => {
        if (reason === 'ended' && this.ends === ended) this.broken.push('logged out by nobody');
        ended = this.ends;
      },
    });
    this.follow('ready', this.client.ready());
  }

  private request(method: 'GET' | 'POST'): void {
    const path = `/${method}/${++this.counter}`;
    this.asked.set(path, this.client.user?.id);
    this.follow(path, this.client.request(path, { method }));
  }

  private follow(what: string, promise: Promise<unknown>): void {
    const name = `${what} ${++this.counter}`;
    this.pending.add(name);
    const done = () => void this.pending.delete(name);
    promise.then(done, done);
  }

  private sent(path: string): void {
    if (this.isOut && !/auth\/(logout|refresh)$/.test(path)) this.broken.push(`${path} was sent after the logout`);
  }

  private checkProcessed(): void {
    for (const [path, users] of this.processed) {
      const asker = this.asked.get(path);
      if (path.startsWith('/POST/') && users.length > 1) this.broken.push(`${path} was done twice`);
      if (asker && users.some((user) => user !== asker)) this.broken.push(`${path} was done as somebody else`);
    }
  }
}

async function playAll(events: Event[]): Promise<string[]> {
  jest.setSystemTime(Date.parse('2026-03-01T08:00:00Z'));
  const watch = new Watch();
  for (const each of events) {
    watch.play(each);
    await jest.advanceTimersByTimeAsync(each.type === 'wait' ? each.ms : 0);
  }
  return watch.finish();
}

describe(`${RUNS} random schedules`, () => {
  inVirtualTime();

  it('break no promise: one flight, nobody logged out but by the server or themselves, nothing sent after a logout', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 30 }), async (events) => {
        expect(await playAll(events)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  }, 180_000);
});
