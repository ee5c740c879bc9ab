import type { Environment } from '../config/environment.js';
import { DerivedKeys } from './derived-keys.js';
import { SealBrokenError, SecretBox } from './secret-box.js';

const boxWith = (secret: string, previous: string[] = []) =>
  new SecretBox(new DerivedKeys({ APP_SECRET: secret, APP_SECRET_PREVIOUS: previous } as unknown as Environment));
const box = boxWith('Zq8vN2xL5kR9wT3yB7mC1pD6fG4hJ0sA');
const OWNER = 'wx0000000000000001|oAlice';
const SECRET = 'IT7jqiSiKcaOkZjmU00000==';

describe('SecretBox', () => {
  it.each([
    ['a text', SECRET],
    ['nothing', ''],
    ['Chinese', '密码📱'],
    ['much', 'x'.repeat(100_000)],
  ])('gives back %s as it was put in', (_, secret) =>
    expect(box.open(box.seal(secret, OWNER), OWNER).toString()).toBe(secret),
  );

  it('gives back bytes as they were', () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));

    expect(box.open(box.seal(bytes, OWNER), OWNER)).toEqual(bytes);
  });

  it('writes the key id, a dot and base64url: nothing of the secret', () => {
    const sealed = box.seal(SECRET, OWNER);

    expect(sealed).toMatch(/^[\da-f]{8}\.[\w-]+$/);
    expect(sealed).not.toContain(SECRET.slice(0, 8));
    expect(sealed.length).toBeLessThanOrEqual(191); // the column
  });

  it('never seals the same way twice', () => {
    const sealed = Array.from({ length: 1_000 }, () => box.seal(SECRET, OWNER));

    expect(new Set(sealed.map((each) => each.split('.')[1]!.slice(0, 16))).size).toBe(1_000);
  });

  it('opens for no other owner', () => {
    const sealed = box.seal(SECRET, OWNER);

    for (const owner of ['wx0000000000000001|oalice', 'wx0000000000000002|oAlice', `${OWNER} `, ''])
      expect(() => box.open(sealed, owner)).toThrow(new SealBrokenError('changed or moved'));
  });

  it('opens with no other APP_SECRET, and says that this is why', () => {
    const sealed = box.seal(SECRET, OWNER);
    const another = boxWith('another-Zq8vN2xL5kR9wT3yB7mC1pD6f');

    expect(() => another.open(sealed, OWNER)).toThrow(new SealBrokenError('another APP_SECRET'));
    const withItsKeyId = `${another.seal('', '').split('.')[0]}.${sealed.split('.')[1]}`;
    expect(() => another.open(withItsKeyId, OWNER)).toThrow(new SealBrokenError('changed or moved'));
  });

  it('opens what a previous APP_SECRET has sealed, and seals with the one in use', () => {
    const next = boxWith('another-Zq8vN2xL5kR9wT3yB7mC1pD6f', ['Zq8vN2xL5kR9wT3yB7mC1pD6fG4hJ0sA']);

    expect(next.open(box.seal(SECRET, OWNER), OWNER).toString()).toBe(SECRET);
    expect(() => next.open(box.seal(SECRET, OWNER), `${OWNER} `)).toThrow(new SealBrokenError('changed or moved'));
    expect(next.seal(SECRET, OWNER).startsWith(next.prefix)).toBe(true);
    expect(() => box.open(next.seal(SECRET, OWNER), OWNER)).toThrow(new SealBrokenError('another APP_SECRET'));
  });

  it('opens nothing of which one bit was changed', () => {
    const [keyId, encoded] = box.seal(SECRET, OWNER).split('.');
    const bytes = Buffer.from(encoded!, 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      expect(() => box.open(`${keyId}.${changed.toString('base64url')}`, OWNER)).toThrow(SealBrokenError);
    }
  });

  it('opens nothing that was cut short, at any length', () => {
    const sealed = box.seal(SECRET, OWNER);

    for (let length = 0; length < sealed.length; length++)
      expect(() => box.open(sealed.slice(0, length), OWNER)).toThrow(SealBrokenError);
  });

  it('says nothing of what it holds when it cannot open', () => {
    const sealed = box.seal(SECRET, OWNER);

    expect(() => box.open(sealed, 'x')).toThrow(/^A stored secret cannot be opened: changed or moved$/);
  });
});
