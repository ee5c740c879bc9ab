import { KeyedMutex } from './keyed-mutex.js';

/** A piece of work that ends when the test says so. */
function openWork() {
  let end!: () => void;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const work = jest.fn(() => ended);
  return { work, end };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('KeyedMutex', () => {
  it('lets the second caller of a key begin only when the first is done', async () => {
    const mutex = new KeyedMutex();
    const [first, second] = [openWork(), openWork()];

    const both = Promise.all([mutex.run('alice', first.work), mutex.run('alice', second.work)]);
    await settled();
    expect(first.work).toHaveBeenCalledTimes(1);
    expect(second.work).not.toHaveBeenCalled();

    first.end();
    await settled();
    expect(second.work).toHaveBeenCalledTimes(1);
    second.end();
    await both;
  });

  it('keeps the callers of a key in the order they came', async () => {
    const mutex = new KeyedMutex();
    const order: number[] = [];

    await Promise.all(
      [1, 2, 3, 4, 5].map((i) =>
        mutex.run('alice', async () => {
          await settled();
          order.push(i);
        }),
      ),
    );

    expect(order).toEqual([1, 2, 3, 4, 5]);
  });

  it('lets callers of different keys work at the same time', async () => {
    const mutex = new KeyedMutex();
    const [alice, bob] = [openWork(), openWork()];

    const both = Promise.all([mutex.run('alice', alice.work), mutex.run('bob', bob.work)]);
    await settled();

    expect([alice.work, bob.work].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    alice.end();
    bob.end();
    await both;
  });

  it('hands each caller the outcome of their own work, and goes on after one that failed', async () => {
    const mutex = new KeyedMutex();

    const outcomes = await Promise.allSettled([
      mutex.run('alice', () => Promise.reject(new Error('no luck'))),
      mutex.run('alice', () => Promise.resolve('mine')),
    ]);

    expect(outcomes).toEqual([
      { status: 'rejected', reason: new Error('no luck') },
      { status: 'fulfilled', value: 'mine' },
    ]);
  });

  it('forgets a key when nobody works on it any more', async () => {
    const mutex = new KeyedMutex();

    await Promise.all(['alice', 'alice', 'bob'].map((key) => mutex.run(key, settled)));

    expect((mutex as unknown as { tails: Map<string, unknown> }).tails.size).toBe(0);
  });
});
