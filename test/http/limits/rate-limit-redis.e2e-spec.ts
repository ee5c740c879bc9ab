import { Redis } from '../../../src/platform/redis/redis.js';
import { RateLimits } from '../../../src/platform/rate-limit/rate-limits.js';
import { eventually } from '../../support/eventually.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { isMysql } from '../../support/test-database.js';
import { describeWithRedis, startTestRedis, type TestRedis } from '../../support/test-redis.js';

const LIMIT = 100; // of the class `availability`, half of what is set
const HERE = isMysql ? 'by two processes' : 'by one process';

jest.setTimeout(60_000);

describeWithRedis(`limits of each class of doors, counted in Redis ${HERE}`, () => {
  let redis: TestRedis;
  let servers: TestApp[];
  beforeAll(async () => {
    redis = await startTestRedis();
    const first = await startTestApp({ REDIS_URL: redis.url, RATE_LIMIT_PER_MINUTE: String(2 * LIMIT) });
    servers = isMysql ? [first, await first.sibling()] : [first];
  });
  beforeEach(() => servers[0]!.clock.advance({ minutes: 2 })); // every window has ended
  afterAll(async () => {
    for (const server of [...(servers ?? [])].reverse()) await server.close();
    await redis?.stop();
  });

  const url = '/api/v1/auth/username-available?username=Alice01';
  /** So many requests at once, spread over the servers: how often each status occurred. */
  async function knock(times: number): Promise<Record<string, number>> {
    const asked = Array.from({ length: times }, (_, n) => servers[n % servers.length]!.app.inject({ url }));
    const counts: Record<string, number> = {};
    for (const { statusCode } of await Promise.all(asked)) counts[statusCode] = (counts[statusCode] ?? 0) + 1;
    return counts;
  }
  const isThere = async ({ app }: TestApp) => (await app.get(Redis).attempt((client) => client.ping())) === 'PONG';
  const comeBack = async () => {
    await redis.restart();
    for (const server of servers) await eventually(() => isThere(server), 10_000);
  };

  it('let through exactly as many as the limit says, of 300 at once', async () => {
    expect(await knock(3 * LIMIT)).toEqual({ 200: LIMIT, 429: 2 * LIMIT });
  });

  it('ask Redis nothing more for whoever is over the limit', async () => {
    await knock(2 * LIMIT);
    const script = jest.spyOn(servers[0]!.app.get(Redis), 'script');
    expect((await servers[0]!.app.inject({ url })).statusCode).toBe(429);

    expect(script).not.toHaveBeenCalled();
    script.mockRestore();
  });

  it('keep keys in Redis from which nobody can be told, for a minute', async () => {
    const client = servers[0]!.app.get(Redis).commands!;
    await client.flushdb();
    await knock(1);
    const keys = await client.keys('wxl:rate:*');

    expect(keys).toEqual([expect.stringMatching(/^wxl:rate:[\w-]{43}$/)]);
    expect(await client.pttl(keys[0]!)).toBeLessThanOrEqual(60_000);
  });

  it('are half as high in each process while Redis is away, and as they were when it is back', async () => {
    await redis.kill();
    const away = await knock(3 * LIMIT);
    servers[0]!.clock.advance({ minutes: 2 });
    await comeBack();

    expect(away).toEqual({ 200: (servers.length * LIMIT) / 2, 429: 3 * LIMIT - (servers.length * LIMIT) / 2 });
    expect(await knock(3 * LIMIT)).toEqual({ 200: LIMIT, 429: 2 * LIMIT });
  });

  it('stay used up for whoever used them up, when Redis goes and when it comes back without its memory', async () => {
    await knock(3 * LIMIT);
    await redis.kill();
    expect(await knock(20)).toEqual({ 429: 20 });
    await comeBack();

    expect(await knock(20)).toEqual({ 429: 20 });
  });

  it('count what happened before a crash of Redis that nobody noticed', async () => {
    await knock(LIMIT - 10);
    await servers[0]!.app.get(Redis).commands!.flushdb();

    const { 200: passed = 0 } = await knock(50);
    expect(passed).toBeLessThanOrEqual(10 * servers.length);
  });

  it('answer at once for what each process counts for itself', () => {
    const limits = servers[0]!.app.get(RateLimits);

    expect(limits.count('caller', 'user|1')).toEqual({
      limit: 200,
      remaining: 199,
      resetsInSeconds: 60,
      isOver: false,
    });
  });
});
