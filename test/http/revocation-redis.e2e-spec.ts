import { EndedSessions } from '../../src/sessions/live/ended-sessions.js';
import { SessionStore } from '../../src/sessions/session-store.js';
import { Redis } from '../../src/platform/redis/redis.js';
import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import { Admin } from '../support/admins.js';
import { whoAmI } from '../support/caller.js';
import { eventually } from '../support/eventually.js';
import { outcome } from '../support/outcome.js';
import { registered } from '../support/password-users.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { describeWithRedis, startTestRedis, type TestRedis } from '../support/test-redis.js';
import { isMysql } from '../support/test-database.js';

const DEADLINE_MS = 10_000;
const NEVER_POLLS = 60_000;

const describeTwoServersWithRedis = isMysql ? describeWithRedis : describe.skip;

describeTwoServersWithRedis('an ended session, on two servers with one Redis', () => {
  let redis: TestRedis;
  let here: TestApp;
  let there: TestApp;
  beforeAll(async () => {
    redis = await startTestRedis();
    here = await startTestApp({ REDIS_URL: redis.url });
    there = await here.sibling();
  });
  afterAll(async () => {
    await there?.close();
    await here?.close();
    await redis?.stop();
  });

  const logout = ({ client }: TestApp, token: string) => client.post('/api/v1/auth/logout', undefined, { token });
  const isIn = async (server: TestApp, { accessToken }: TokensDto) => outcome(await whoAmI(server, accessToken));
  /** Ends a session on one server; the milliseconds until the other one refuses it. */
  const feltBy = async (server: TestApp): Promise<number> => {
    const session = await registered(here);
    expect(await isIn(server, session)).toBe('200');
    await logout(here, session.accessToken);
    return eventually(async () => (await isIn(server, session)) === '401 sessions.ended', DEADLINE_MS);
  };
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

  it('is refused by a server that all but never polls, in under a second', async () => {
    const listener = await here.sibling({ REVOCATION_POLL_MS: NEVER_POLLS });
    const took: number[] = [];
    for (let i = 0; i < 5; i++) took.push(await feltBy(listener));
    await listener.close();

    expect(median(took)).toBeLessThan(1_000);
  });

  it('is also one whose user was banned, or got another role', async () => {
    const admin = await Admin.start(here);
    const [banned, promoted] = [await registered(here), await registered(here)];
    for (const session of [banned, promoted]) expect(await isIn(there, session)).toBe('200');

    await admin.ban(banned.user.id);
    await admin.changeRole(promoted.user.id, 'admin');

    for (const session of [banned, promoted])
      await eventually(async () => (await isIn(there, session)) === '401 sessions.ended', DEADLINE_MS);
  });

  it('costs the others few reads when many end together', async () => {
    const sessions = await Promise.all(Array.from({ length: 50 }, () => registered(here)));
    const listener = await here.sibling({ REVOCATION_POLL_MS: NEVER_POLLS });
    const reads = jest.spyOn(listener.app.get(SessionStore), 'findEndedSince');
    await Promise.all(sessions.map(({ accessToken }) => logout(here, accessToken)));

    const areRefused = async () => {
      const answers = await Promise.all(sessions.map((session) => isIn(listener, session)));
      return answers.every((answer) => answer === '401 sessions.ended');
    };
    await eventually(areRefused, DEADLINE_MS);
    expect(reads.mock.calls.length).toBeLessThan(25);
    await listener.close();
  });

  it('is believed from the database only: a message that anyone may send logs nobody out', async () => {
    const session = await registered(here);
    const heard = jest.spyOn(there.app.get(EndedSessions), 'readSoon');

    await here.app.get(Redis).attempt((client) => client.publish('wx-login:sessions-ended', session.sessionId));
    await eventually(() => heard.mock.calls.length > 0, DEADLINE_MS);

    expect(await isIn(there, session)).toBe('200');
    heard.mockRestore();
  });

  it('is refused in under a second too while Redis is gone; nobody is logged out, nothing let through', async () => {
    const staying = await Promise.all(Array.from({ length: 20 }, () => registered(here)));
    const everybodyIsIn = async () => {
      for (const server of [here, there])
        for (const session of staying) expect(await isIn(server, session)).toBe('200');
    };
    const gone = await registered(here);
    await redis.kill();

    const took: number[] = [];
    for (let i = 0; i < 5; i++) took.push(await feltBy(there));
    expect(median(took)).toBeLessThan(1_000);
    await logout(here, gone.accessToken);
    await everybodyIsIn();

    await redis.restart();
    await eventually(async () => (await isIn(there, gone)) === '401 sessions.ended', DEADLINE_MS);
    await everybodyIsIn();
    for (const { refreshToken } of staying) expect((await there.client.refresh(refreshToken)).status).toBe(200);
  });

  it('is told through Redis again once it is back', async () => {
    const listener = await here.sibling({ REVOCATION_POLL_MS: NEVER_POLLS });
    await redis.kill();
    await redis.restart();
    const isBack = () => here.app.get(Redis).attempt(async (client) => (await client.ping()) === 'PONG');
    await eventually(async () => (await isBack()) === true, DEADLINE_MS);
    const subscribers = async () =>
      here.app.get(Redis).attempt((client) => client.pubsub('NUMSUB', 'wx-login:sessions-ended'));
    await eventually(async () => ((await subscribers()) as [string, number] | null)?.[1] === 3, DEADLINE_MS);

    expect(await feltBy(listener)).toBeLessThan(DEADLINE_MS);
    await listener.close();
  });
});
