import fc from 'fast-check';
import { createHash } from 'node:crypto';
import {
  type AttemptCounter,
  type AttemptLimit,
  type AttemptOutcome,
  type AttemptPlace,
  counterAt,
  LEASE_MS,
  waitOf,
  withOutcome,
  withPlaceTaken,
} from '../../src/platform/attempts/attempt-rules.js';
import type { AttemptStore } from '../../src/platform/attempts/attempt-store.js';
import { DatabaseAttempts } from '../../src/platform/attempts/database-attempts.js';
import { LocalAttempts } from '../../src/platform/attempts/local-attempts.js';
import { RedisAttempts } from '../../src/platform/attempts/redis-attempts.js';
import { Database } from '../../src/platform/database/database.js';
import { Redis } from '../../src/platform/redis/redis.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { describeWithRedis, startTestRedis, type TestRedis } from '../support/test-redis.js';

jest.setTimeout(120_000);

const HISTORIES = 20;
const ACCOUNT: AttemptLimit = { free: 3, forgetAfterMs: 3_600_000, clearedBySuccess: true };
const NETWORK: AttemptLimit = { free: 6, forgetAfterMs: 900_000, clearedBySuccess: false };

/** The rules as they are written down, for one process that does one thing after the other. */
class Model implements AttemptStore {
  private readonly counters = new Map<string, AttemptCounter>();

  take(places: AttemptPlace[], now: number): Promise<number[]> {
    const counters = places.map(({ id, limit }) => counterAt(now, this.counters.get(id.toString('hex')), limit));
    const waits = counters.map((counter, i) => waitOf(counter, places[i]!.limit, now));
    if (waits.every((wait) => wait === 0))
      counters.forEach((counter, i) => this.keep(places[i]!, withPlaceTaken(counter, now)));
    return Promise.resolve(waits);
  }

  settle(places: AttemptPlace[], outcome: AttemptOutcome, now: number): Promise<void> {
    for (const place of places) {
      const counter = counterAt(now, this.counters.get(place.id.toString('hex')), place.limit);
      this.keep(place, withOutcome(counter, outcome, place.limit, now));
    }
    return Promise.resolve();
  }

  forget(ids: Buffer[]): Promise<void> {
    for (const id of ids) this.counters.delete(id.toString('hex'));
    return Promise.resolve();
  }

  private keep({ id }: AttemptPlace, counter: AttemptCounter): void {
    this.counters.set(id.toString('hex'), counter);
  }
}

type Step =
  | { do: 'take'; account: number; network: number }
  | { do: 'settle'; which: number; outcome: AttemptOutcome }
  | { do: 'wait'; seconds: number }
  | { do: 'forget'; account: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('take' as const), account: fc.nat(2), network: fc.nat(1) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('settle' as const),
      which: fc.nat(9),
      outcome: fc.constantFrom<AttemptOutcome>('failed', 'failed', 'failed', 'right', 'broken'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      seconds: fc.constantFrom(1, 15, 30, 31, 61, 120, 480, 900, 3_600),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const), account: fc.nat(2) }) },
);

interface Hold {
  places: AttemptPlace[];
  at: number;
}

let histories = 0;

/** Does to both stores what the steps say, and expects the same answers. */
async function live(steps: Step[], model: AttemptStore, storeNow: () => AttemptStore): Promise<void> {
  const history = histories++;
  const idOf = (name: string) => createHash('sha256').update(`${history}|${name}`).digest();
  const account = (n: number): AttemptPlace => ({ id: idOf(`account ${n}`), limit: ACCOUNT });
  const network = (n: number): AttemptPlace => ({ id: idOf(`network ${n}`), limit: NETWORK });
  let now = Date.parse('2026-03-01T08:00:00Z');
  let holds: Hold[] = [];
  for (const each of steps) {
    if (each.do === 'wait') now += each.seconds * 1000;
    // Whoever needs longer than the lease has died.
    holds = holds.filter(({ at }) => now < at + LEASE_MS);
    if (each.do === 'take') {
      const places = [account(each.account), network(each.network)];
      const expected = await model.take(places, now);
      expect(await storeNow().take(places, now)).toEqual(expected);
      if (expected.every((wait) => wait === 0)) holds.push({ places, at: now });
    } else if (each.do === 'settle' && holds.length) {
      const [hold] = holds.splice(each.which % holds.length, 1);
      await model.settle(hold!.places, each.outcome, now);
      await storeNow().settle(hold!.places, each.outcome, now);
    } else if (each.do === 'forget') {
      holds = holds.filter(({ places }) => !places[0]!.id.equals(account(each.account).id));
      await model.forget([account(each.account).id]);
      await storeNow().forget([account(each.account).id]);
    }
  }
}

function sameAsRules(storeNow: () => AttemptStore): Promise<void> {
  const history = fc.array(step, { minLength: 20, maxLength: 60 });
  return fc.assert(
    fc.asyncProperty(history, (steps) => live(steps, new Model(), storeNow)),
    { numRuns: HISTORIES },
  );
}

describe('the table of attempts', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());

  it('answers to every history what the rules say', async () => {
    await sameAsRules(() => new DatabaseAttempts(test.app.get(Database)));
  });

  it('takes exactly as many places for 200 at once as there are, each with a connection of its own', async () => {
    const places = [{ id: createHash('sha256').update('crowd').digest(), limit: NETWORK }];
    const now = Date.now();

    const waits = await Promise.all(
      Array.from({ length: 200 }, () => new DatabaseAttempts(test.app.get(Database)).take(places, now)),
    );

    expect(waits.filter(([wait]) => wait === 0)).toHaveLength(NETWORK.free);
  });

  it('takes none where one of two has no place, whichever it is', async () => {
    const attempts = test.app.get(DatabaseAttempts);
    const [full, free] = ['full', 'free'].map((name) => {
      return { id: createHash('sha256').update(name).digest(), limit: ACCOUNT };
    }) as [AttemptPlace, AttemptPlace];
    const now = Date.now();
    for (let i = 0; i < ACCOUNT.free; i++) await attempts.take([full], now);

    for (let i = 0; i < 10; i++) {
      expect(await attempts.take([full, free], now)).not.toEqual([0, 0]);
      expect(await attempts.take([free, full], now)).not.toEqual([0, 0]);
    }

    for (let i = 0; i < ACCOUNT.free; i++) expect(await attempts.take([free], now)).toEqual([0]);
    expect(await attempts.take([free], now)).not.toEqual([0]);
  });

  it('is emptied of what counts for nothing any more, in pieces', async () => {
    const attempts = test.app.get(DatabaseAttempts);
    const now = Date.parse('2020-01-01T00:00:00Z');
    for (let n = 0; n < 7; n++) {
      const places = [{ id: createHash('sha256').update(`old ${n}`).digest(), limit: ACCOUNT }];
      await attempts.take(places, now);
      await attempts.settle(places, 'failed', now);
    }
    const anHourLater = new Date(now + ACCOUNT.forgetAfterMs);

    expect(await attempts.deleteForgotten(new Date(anHourLater.getTime() - 1), 5)).toBe(0);
    expect(await attempts.deleteForgotten(anHourLater, 5)).toBe(5);
    expect(await attempts.deleteForgotten(anHourLater, 5)).toBe(2);
    expect(await attempts.deleteForgotten(anHourLater, 5)).toBe(0);
  });
});

describeWithRedis('the attempts in Redis', () => {
  let redis: TestRedis;
  let test: TestApp;
  beforeAll(async () => {
    redis = await startTestRedis();
    test = await startTestApp({ REDIS_URL: redis.url });
  });
  afterAll(async () => {
    await test?.close();
    await redis?.stop();
  });

  /** Each with a memory of its own, as in as many processes. */
  const inAnotherProcess = (): AttemptStore => {
    const attempts = new RedisAttempts(test.app.get(Redis), new LocalAttempts());
    return {
      take: async (...taking) => (await attempts.take(...taking))!,
      settle: async (...settling) => void (await attempts.settle(...settling)),
      forget: async (ids) => void (await attempts.forget(ids)),
    };
  };

  it('answer to every history what the rules say, to one process', async () => {
    const one = inAnotherProcess();
    await sameAsRules(() => one);
  });

  it('answer to every history what the rules say, to a process that has just started', async () => {
    await sameAsRules(inAnotherProcess);
  });

  it('have exactly as many places for 1,000 at once as there are', async () => {
    const places = [{ id: createHash('sha256').update('crowd').digest(), limit: NETWORK }];
    const stores = Array.from({ length: 1_000 }, inAnotherProcess);

    const waits = await Promise.all(stores.map((store) => store.take(places, Date.now())));

    expect(waits.filter(([wait]) => wait === 0)).toHaveLength(NETWORK.free);
  });

  it('go away by themselves, and at once when they say nothing any more', async () => {
    const client = test.app.get(Redis).commands!;
    await client.flushdb();
    const store = inAnotherProcess();
    const [account, network] = [ACCOUNT, NETWORK].map((limit, i) => {
      return { id: createHash('sha256').update(`kept ${i}`).digest(), limit };
    }) as [AttemptPlace, AttemptPlace];
    const keys = async () => (await client.keys('wxl:{attempts}:*')).filter((key) => !key.endsWith(':epoch'));
    const now = Date.now();

    await store.take([account, network], now);
    await store.settle([account, network], 'failed', now);
    const lifetimes = await Promise.all((await keys()).map((key) => client.pttl(key)));
    await store.take([account, network], now);
    await store.settle([account, network], 'right', now);

    expect(lifetimes.sort((a, b) => a - b)).toEqual([
      expect.closeTo(NETWORK.forgetAfterMs, -4),
      expect.closeTo(ACCOUNT.forgetAfterMs, -4),
    ]);
    expect(await keys()).toHaveLength(1); // the network remembers the failure, the account does not
  });
});
