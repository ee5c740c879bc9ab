import { Redis } from '../../src/platform/redis/redis.js';
import { eventually } from '../support/eventually.js';
import { BLOCKED, Crowd, REFUSED } from '../support/login-crowd.js';
import { quickest } from '../support/quickest.js';
import { freshUsername, PASSWORD, registered } from '../support/password-users.js';
import { describeWithRedis, startTestRedis, type TestRedis } from '../support/test-redis.js';

const NEVER_LONGER_MS = 300;

jest.setTimeout(60_000);

describeWithRedis('limits of POST /api/v1/auth/login, when Redis goes away', () => {
  let redis: TestRedis;
  let crowd: Crowd;
  beforeAll(async () => {
    redis = await startTestRedis();
    crowd = await Crowd.start({ REDIS_URL: redis.url });
  });
  beforeEach(() => {
    crowd.first.clock.advance({ days: 2 }); // whatever an earlier test did is forgotten
    crowd.countHashes();
  });
  afterAll(async () => {
    await crowd?.close();
    await redis?.stop();
  });

  const isThere = async () => (await crowd.first.app.get(Redis).attempt((client) => client.ping())) === 'PONG';
  async function comeBack(): Promise<void> {
    await redis.restart();
    await eventually(isThere, 10_000);
  }
  const guesses = async (username: string, times: number) => {
    const outcomes = [];
    for (let n = 0; n < times; n++) outcomes.push(await crowd.guess({ username }));
    return outcomes;
  };

  it('go on in the process, more strictly: 3 wrong passwords instead of 5, whatever the crowd', async () => {
    const username = (await registered(crowd.first)).user.username!;
    await redis.kill();

    const outcomes = await crowd.guessAtOnce(1_000, () => ({ username }));

    expect(outcomes).toEqual({ [REFUSED]: 3, [BLOCKED]: 997 });
    expect(crowd.countHashes()).toBe(3);
    await comeBack();
  });

  it('stop an address at 50 accounts instead of 100', async () => {
    await redis.kill();
    const counts = { [REFUSED]: 0, [BLOCKED]: 0 };
    for (let n = 0; n < 200; n++) {
      const text = await crowd.guess({ username: freshUsername(), from: '203.0.113.9' });
      counts[text as keyof typeof counts]++;
    }

    expect(counts).toEqual({ [REFUSED]: 50, [BLOCKED]: 150 });
    await comeBack();
  });

  it('remember an account that had to wait already, through the outage and after it', async () => {
    const username = (await registered(crowd.first)).user.username!;
    expect(await guesses(username, 6)).toEqual([...Array(5).fill(REFUSED), BLOCKED]);
    crowd.countHashes();

    await redis.kill();
    expect(await guesses(username, 20)).toEqual(Array(20).fill(BLOCKED));
    await comeBack(); // it has forgotten everything, and is told
    expect(await guesses(username, 20)).toEqual(Array(20).fill(BLOCKED));

    expect(crowd.countHashes()).toBe(0);
  });

  it('count what failed during the outage when Redis is back', async () => {
    const username = (await registered(crowd.first)).user.username!;
    await redis.kill();
    expect(await guesses(username, 2)).toEqual([REFUSED, REFUSED]);
    await comeBack();

    expect(await guesses(username, 4)).toEqual([REFUSED, REFUSED, REFUSED, BLOCKED]);
  });

  it('let nobody wait for a Redis that hangs longer than 300 ms, and nobody see an error', async () => {
    const round = async () => {
      const username = (await registered(crowd.first)).user.username!;
      expect(await crowd.guess({ username })).toBe(REFUSED);
      redis.freeze();
      const began = performance.now();
      const right = await crowd.guess({ username, password: PASSWORD });
      const waitedMs = performance.now() - began;
      const others = await guesses(username, 5);
      redis.thaw();
      await eventually(isThere, 10_000);
      expect([right, ...others]).toEqual(['200', REFUSED, REFUSED, REFUSED, BLOCKED, BLOCKED]);
      return waitedMs;
    };

    expect(await quickest(round, NEVER_LONGER_MS)).toBeLessThan(NEVER_LONGER_MS);
    expect(await crowd.guess({ username: freshUsername() })).toBe(REFUSED);
  });
});
