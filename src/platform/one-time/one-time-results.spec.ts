import { pino } from 'pino';
import { ServiceUnavailableError } from '../errors/request.errors.js';
import { FailedBeforeError, OneTimeResults, UsedByAnotherError } from './one-time-results.js';
import type { Claim, Found, OneTimeStore } from './one-time-store.js';

jest.mock('node:timers/promises', () => ({ setTimeout: () => Promise.resolve() }));

const use = { purpose: 'test', appId: 'wx', code: 'abc', requester: 'me', keptSeconds: 60 };
const key = { id: Buffer.alloc(32), requester: Buffer.alloc(32) };
const claim: Claim = { ...key, expiresAt: new Date(1) };
const row = (fields: Partial<Found>): Found => {
  return { state: 'pending', result: null, isOwn: true, isExpired: false, expiresAt: new Date(1), ...fields };
};

/** A store that says in turn what it is told to; the last word stays. */
function storeWith(answers: { claims?: (Claim | null)[]; rows?: (Found | null)[]; takesOver?: boolean }) {
  const [claims, rows] = [[...(answers.claims ?? [claim])], [...(answers.rows ?? [])]];
  const next = <T>(list: T[]): T | null => (list.length > 1 ? list.shift()! : (list[0] ?? null));
  return {
    identify: () => key,
    claim: jest.fn(() => Promise.resolve(next(claims))),
    find: jest.fn(() => Promise.resolve(next(rows))),
    takeOver: jest.fn(() => Promise.resolve(answers.takesOver ? claim : null)),
    finish: jest.fn(() => Promise.resolve()),
    release: jest.fn(() => Promise.resolve()),
    seal: (value: object) => JSON.stringify(value),
    open: (sealed: string) => JSON.parse(sealed) as unknown,
  };
}

const resultsOn = (store: ReturnType<typeof storeWith>) =>
  new OneTimeResults(store as unknown as OneTimeStore, pino({ level: 'silent' }));
const work = (perform = () => Promise.resolve({ n: 1 }), failure: string | null = 'broken') => ({
  perform: jest.fn(perform),
  failureOf: () => failure,
});

describe('OneTimeResults.once', () => {
  it('performs the first use and keeps its result', async () => {
    const [store, first] = [storeWith({}), work()];

    expect(await resultsOn(store).once(use, first)).toEqual({ n: 1 });
    expect(store.finish).toHaveBeenCalledWith(claim, 'done', '{"n":1}', use);
  });

  it('waits for a use that is under way elsewhere', async () => {
    const [pending, done] = [row({}), row({ state: 'done', result: '{"n":2}' })];
    const [store, second] = [storeWith({ claims: [null], rows: [pending, pending, done] }), work()];

    expect(await resultsOn(store).once(use, second)).toEqual({ n: 2 });
    expect(second.perform).not.toHaveBeenCalled();
  });

  it('gives up waiting, with a time to come back', async () => {
    const store = storeWith({ claims: [null], rows: [row({})] });

    await expect(resultsOn(store).once(use, work())).rejects.toBeInstanceOf(ServiceUnavailableError);
    expect(store.find.mock.calls.length).toBeLessThan(40);
  });

  it('shares one use among requests of one requester in this process', async () => {
    const [store, both] = [storeWith({}), work()];
    const results = resultsOn(store);

    expect(await Promise.all([results.once(use, both), results.once(use, both)])).toEqual([{ n: 1 }, { n: 1 }]);
    expect(both.perform).toHaveBeenCalledTimes(1);
  });

  it('does not wait for somebody else’s use', async () => {
    const store = storeWith({ claims: [null], rows: [row({ isOwn: false })] });
    await expect(resultsOn(store).once(use, work())).rejects.toBeInstanceOf(UsedByAnotherError);
  });

  it('says with what a use failed before', async () => {
    const store = storeWith({ claims: [null], rows: [row({ state: 'failed', result: 'wechat.user_blocked' })] });
    await expect(resultsOn(store).once(use, work())).rejects.toEqual(new FailedBeforeError('wechat.user_blocked'));
  });

  it('keeps a failure after which the code counts as burnt, and throws the error itself', async () => {
    const [store, error] = [storeWith({}), new Error('lost')];

    await expect(
      resultsOn(store).once(
        use,
        work(() => Promise.reject(error)),
      ),
    ).rejects.toBe(error);
    expect(store.finish).toHaveBeenCalledWith(claim, 'failed', 'broken', use);
    expect(store.release).not.toHaveBeenCalled();
  });

  it('forgets a failure that left the code whole', async () => {
    const [store, error] = [storeWith({}), new Error('not sent')];

    await expect(
      resultsOn(store).once(
        use,
        work(() => Promise.reject(error), null),
      ),
    ).rejects.toBe(error);
    expect(store.release).toHaveBeenCalledWith(claim);
  });

  it('uses the code when the process that had claimed it is dead', async () => {
    const [store, second] = [storeWith({ claims: [null], rows: [row({ isExpired: true })], takesOver: true }), work()];
    expect(await resultsOn(store).once(use, second)).toEqual({ n: 1 });
  });

  it('uses the code when its first use was given up meanwhile', async () => {
    const [store, second] = [storeWith({ claims: [null, claim], rows: [row({}), null] }), work()];
    expect(await resultsOn(store).once(use, second)).toEqual({ n: 1 });
  });

  it('gives the result although the database cannot keep it', async () => {
    const store = storeWith({});
    store.finish.mockRejectedValue(new Error('database away'));

    expect(await resultsOn(store).once(use, work())).toEqual({ n: 1 });
  });
});
