import bcrypt from 'bcrypt';
import { availableParallelism } from 'node:os';
import type { Environment } from '../../platform/config/environment.js';
import { ServiceUnavailableError } from '../../platform/errors/request.errors.js';
import { PasswordHasher } from './password-hasher.js';

const hasherOfCost = (cost: number) => new PasswordHasher({ BCRYPT_COST: cost } as Environment);

const hasher = hasherOfCost(4);

describe('PasswordHasher', () => {
  it('knows the right password from a wrong one', async () => {
    const stored = await hasher.hash('Blue-Kettle7');

    expect(await hasher.verify('Blue-Kettle7', stored)).toBe(true);
    expect(await hasher.verify('Blue-Kettle8', stored)).toBe(false);
    expect(await hasher.verify('blue-kettle7', stored)).toBe(false);
    expect(await hasher.verify('', stored)).toBe(false);
  });

  it('makes another hash of one password each time, of the configured cost', async () => {
    const [first, second] = await Promise.all([hasher.hash('Blue-Kettle7'), hasher.hash('Blue-Kettle7')]);

    expect(first).not.toBe(second);
    expect(first).toMatch(/^\$2b\$04\$.{53}$/);
  });

  it('looks at every character, also after byte 72 and after a NUL', async () => {
    const long = 'x'.repeat(100);

    expect(await hasher.verify(`${long}b`, await hasher.hash(`${long}a`))).toBe(false);
    expect(await hasher.verify('Kettle\0b', await hasher.hash('Kettle\0a'))).toBe(false);
    expect(await hasher.verify('密码'.repeat(40) + 'b', await hasher.hash('密码'.repeat(40) + 'a'))).toBe(false);
  });

  it('takes one password typed on two keyboards for one password', async () => {
    const composed = 'Café-Kettle7';
    const decomposed = 'Cafe\u0301-Kettle7';
    const fullWidth = 'Ｃａｆé－Ｋｅｔｔｌｅ７';
    const stored = await hasher.hash(composed);

    expect(new Set([composed, decomposed, fullWidth]).size).toBe(3);
    expect(await hasher.verify(decomposed, stored)).toBe(true);
    expect(await hasher.verify(fullWidth, stored)).toBe(true);
  });

  it('stores no hash of which a plain SHA-256 of the password is the input', async () => {
    const stored = await hasher.hash('Blue-Kettle7');

    expect(await bcrypt.compare('Blue-Kettle7', stored)).toBe(false);
  });

  it('says no without a stored hash, whatever the password is, after a hash of the same cost', async () => {
    const compare = jest.spyOn(bcrypt, 'compare');

    expect(await hasher.verify('Blue-Kettle7', null)).toBe(false);
    expect(await hasher.verify('nobody has this password', null)).toBe(false);

    const costs = compare.mock.calls.map(([, stored]) => bcrypt.getRounds(stored));
    expect(costs).toEqual([4, 4]);
    compare.mockRestore();
  });

  it('calls a hash outdated that was made with a lower cost than today’s, and no other', async () => {
    const stored = await hasherOfCost(5).hash('Blue-Kettle7');

    expect([4, 5, 6].map((cost) => hasherOfCost(cost).isOutdated(stored))).toEqual([false, false, true]);
  });

  it('lets 64 wait and tells the others when to come back', async () => {
    const atOnce = Math.max(1, availableParallelism() - 1);

    const outcomes = await Promise.allSettled(Array.from({ length: 200 }, () => hasher.hash('Blue-Kettle7')));

    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    expect(refusals).toHaveLength(200 - 64 - atOnce);
    for (const refusal of refusals) {
      expect(refusal).toBeInstanceOf(ServiceUnavailableError);
      expect(refusal).toMatchObject({ retryAfterSeconds: 5 });
    }
    expect(await hasher.hash('Blue-Kettle7')).toMatch(/^\$2b\$/);
  });
});
