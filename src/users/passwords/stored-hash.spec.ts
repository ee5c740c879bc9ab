import bcrypt from 'bcrypt';
import { createHash } from 'node:crypto';
import type { Environment } from '../../platform/config/environment.js';
import { PasswordHasher } from './password-hasher.js';
import { type ForeignHash, FOREIGN_KINDS, readStoredHash } from './stored-hash.js';

const PASSWORD = 'Blue-Kettle7 密码';
const SALT = ' s:a$lt';
const md5 = (text: string) => createHash('md5').update(text).digest('hex');

// As PHP, Java and others wrote them down.
const WRITTEN: Record<string, ForeignHash> = {
  bcrypt: { kind: 'bcrypt', salt: '', hash: bcrypt.hashSync(PASSWORD, 4) },
  md5: { kind: 'md5', salt: '', hash: md5(PASSWORD) },
  md5_password_salt: { kind: 'md5_password_salt', salt: SALT, hash: md5(PASSWORD + SALT) },
  md5_salt_password: { kind: 'md5_salt_password', salt: SALT, hash: md5(SALT + PASSWORD).toUpperCase() },
  md5_md5_salt: { kind: 'md5_md5_salt', salt: SALT, hash: md5(md5(PASSWORD) + SALT) },
  md5_salt_md5: { kind: 'md5_salt_md5', salt: SALT, hash: md5(SALT + md5(PASSWORD)) },
};

const hasherOfCost = (cost: number) => new PasswordHasher({ BCRYPT_COST: cost } as Environment);
const hasher = hasherOfCost(5);

describe('A hash of another system', () => {
  it('has an example here for every kind', () => {
    expect(Object.keys(WRITTEN)).toEqual(FOREIGN_KINDS);
  });

  describe.each(Object.values(WRITTEN))('of kind $kind', (foreign) => {
    it('lets the right password in and no other', async () => {
      const stored = await hasher.takeOver(foreign);

      expect(await hasher.verify(PASSWORD, stored)).toBe(true);
      expect(await hasher.verify(`${PASSWORD} `, stored)).toBe(false);
      expect(await hasher.verify(foreign.hash, stored)).toBe(false);
      expect(await hasher.verify('', stored)).toBe(false);
    });

    it('is to be renewed, whatever its cost', async () => {
      expect(hasher.isOutdated(await hasher.takeOver(foreign))).toBe(true);
      expect(hasherOfCost(4).isOutdated(await hasher.takeOver(foreign))).toBe(true);
    });

    it('fits its column, and no bare digest is kept', async () => {
      const stored = await hasher.takeOver({ ...foreign, salt: foreign.salt && 'x'.repeat(96) });

      expect(stored.length).toBeLessThanOrEqual(255);
      expect(stored).toMatch(/^[\x21-\x7e]+$/);
      if (foreign.kind !== 'bcrypt') expect(stored.toLowerCase()).not.toContain(foreign.hash.toLowerCase());
    });
  });

  it('of bcrypt is taken as it is', async () => {
    const stored = await hasher.takeOver(WRITTEN.bcrypt!);

    expect(readStoredHash(stored).bcrypt).toBe(WRITTEN.bcrypt!.hash);
  });

  it('costs as much work as any other, also when it was made with less', async () => {
    const costly = hasherOfCost(8);
    await costly.verify(PASSWORD, null); // its own hash, for nobody, is made by now
    const stored = [4, 5, 6, 7, 8].map((cost) => `bcrypt::${bcrypt.hashSync('x', cost)}`);
    const [compare, hash] = [jest.spyOn(bcrypt, 'compare'), jest.spyOn(bcrypt, 'hash')];

    const work: number[] = [];
    for (const each of stored) {
      await costly.verify(PASSWORD, each);
      const costs = [
        ...compare.mock.calls.map(([, against]) => bcrypt.getRounds(against)),
        ...hash.mock.calls.map(([, cost]) => Number(cost)),
      ];
      work.push(costs.reduce((sum, cost) => sum + 2 ** cost, 0));
      compare.mockClear();
      hash.mockClear();
    }
    compare.mockRestore();
    hash.mockRestore();

    expect(work).toEqual(Array(5).fill(2 ** 8));
  });
});
