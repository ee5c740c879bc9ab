import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Redis } from '../../src/platform/redis/redis.js';
import { eventually } from '../support/eventually.js';
import { quickest } from '../support/quickest.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { describeWithRedis, startTestRedis, type TestRedis } from '../support/test-redis.js';

const NEVER_LONGER_MS = 300;

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; ms: number }> {
  const began = performance.now();
  const result = await work();
  return { result, ms: performance.now() - began };
}

describeWithRedis('the connection to Redis', () => {
  let redis: TestRedis;
  let test: TestApp;
  let connection: Redis;
  beforeAll(async () => {
    redis = await startTestRedis();
    test = await startTestApp({ REDIS_URL: redis.url });
    connection = test.app.get(Redis);
  });
  afterAll(async () => {
    await test?.close();
    await redis?.stop();
  });

  const ping = () => connection.attempt((client) => client.ping());
  const isBack = () => eventually(async () => (await ping()) === 'PONG', 10_000);

  it('is there when the server has started', async () => {
    expect(await ping()).toBe('PONG');
  });

  it('says null while Redis is gone, at once, and works again by itself when it is back', async () => {
    const round = async () => {
      await redis.kill();
      const asked = await timed(() => Promise.all(Array.from({ length: 200 }, ping)));
      expect(asked.result).toEqual(Array(200).fill(null));
      expect((await test.client.get('/health/ready')).status).toBe(200);
      await redis.restart();
      await isBack();
      return asked.ms;
    };

    expect(await quickest(round, NEVER_LONGER_MS)).toBeLessThan(NEVER_LONGER_MS);
  });

  it('waits once for a Redis that hangs, and then no more until it answers', async () => {
    let nextMs = Infinity;
    const round = async () => {
      redis.freeze();
      const first = await timed(() => Promise.all(Array.from({ length: 200 }, ping)));
      const next = await timed(() => Promise.all(Array.from({ length: 200 }, ping)));
      redis.thaw();
      await isBack();
      expect([...first.result, ...next.result]).toEqual(Array(400).fill(null));
      nextMs = Math.min(nextMs, next.ms);
      return first.ms;
    };

    expect(await quickest(round, NEVER_LONGER_MS)).toBeLessThan(NEVER_LONGER_MS);
    expect(nextMs).toBeLessThan(NEVER_LONGER_MS / 2);
  });

  it('does not take a process that is too busy to listen for a Redis that is away', async () => {
    const asked = ping();
    for (const until = performance.now() + 2 * NEVER_LONGER_MS; performance.now() < until;); // nothing else runs meanwhile

    expect(await asked).toBe('PONG');
    expect(await ping()).toBe('PONG');
  });

  it('keeps no more than a probe waiting, however long Redis hangs', async () => {
    redis.freeze();
    for (let i = 0; i < 1_000; i++) await ping();
    const { commandQueue } = connection.commands as unknown as { commandQueue: { length: number } };

    expect(commandQueue.length).toBeLessThan(10);

    redis.thaw();
    await isBack();
  });

  it('says so in the log, once for each outage and not for each request', async () => {
    const from = test.watch.lines.length;
    await redis.kill();
    for (let i = 0; i < 50; i++) await ping();
    await redis.restart();
    await isBack();

    const told = test.watch.lines.slice(from).filter((line) => line.includes('Redis'));
    expect(told.length).toBeGreaterThanOrEqual(1);
    expect(told.length).toBeLessThanOrEqual(8); // two connections and the commands, each away and back
  });
});

describe('a server whose Redis does not answer from the start', () => {
  let silent: Server;
  beforeAll(async () => {
    silent = createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1');
    await once(silent, 'listening');
  });
  afterAll(() => silent.close());

  it('starts all the same, and serves', async () => {
    const { port } = silent.address() as AddressInfo;
    const test = await startTestApp({ REDIS_URL: `redis://127.0.0.1:${port}` });

    expect((await test.client.get('/health/ready')).status).toBe(200);
    expect(await test.app.get(Redis).attempt((client) => client.ping())).toBeNull();
    await test.close();
  });
});
