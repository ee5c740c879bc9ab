import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import type { Environment } from '../../platform/config/environment.js';
import { DerivedKeys } from '../../platform/encryption/derived-keys.js';
import { RefreshTokens } from './refresh-tokens.js';

const tokensWith = (secret: string, previous: string[] = []) =>
  new RefreshTokens(new DerivedKeys({ APP_SECRET: secret, APP_SECRET_PREVIOUS: previous } as unknown as Environment));

const tokens = tokensWith('the secret of this installation');
const contents = fc.record({ sessionId: fc.uuid({ version: 7 }), counter: fc.integer({ min: 0, max: 0xffffffff }) });
const anyContent = { sessionId: uuidv7(), counter: 7 };

/** Every text that decodes to the same bytes as the last character of `token` does: its spare bits differ. */
function otherSpellings(token: string): string[] {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const bytes = (text: string) => Buffer.from(text.slice('wxr1_'.length), 'base64url').toString('hex');
  const texts = [...alphabet].map((character) => token.slice(0, -1) + character);
  return texts.filter((text) => text !== token && bytes(text) === bytes(token));
}

describe('RefreshTokens', () => {
  it('reads back what it wrote, and writes the same token for the same content every time', () => {
    fc.assert(
      fc.property(contents, (content) => {
        const token = tokens.write(content);
        expect(tokens.read(token)).toEqual(content);
        expect(tokensWith('the secret of this installation').write(content)).toBe(token);
      }),
    );
  });

  it('writes tokens that a secret scanner recognises and a header can carry', () => {
    expect(tokens.write(anyContent)).toMatch(/^wxr1_[\w-]{70}$/);
  });

  it('writes another token for another counter or another session', () => {
    const others = [
      { ...anyContent, counter: 8 },
      { ...anyContent, sessionId: uuidv7() },
    ];

    for (const other of others) expect(tokens.write(other)).not.toBe(tokens.write(anyContent));
  });

  it('refuses a token in which any one character was changed', () => {
    const token = tokens.write(anyContent);
    for (let i = 0; i < token.length; i++) {
      const changed = token.slice(0, i) + (token[i] === 'A' ? 'B' : 'A') + token.slice(i + 1);
      expect(tokens.read(changed)).toBeNull();
    }
  });

  it('refuses every other spelling of the same bytes', () => {
    const token = tokens.write(anyContent);
    const spellings = otherSpellings(token);

    expect(spellings.length).toBeGreaterThan(0);
    for (const spelling of [...spellings, `${token}=`, `${token}==`, `${token}\n`, ` ${token}`, `${token}!`])
      expect(tokens.read(spelling)).toBeNull();
  });

  it('refuses the alphabet of plain base64', () => {
    const token = Array.from({ length: 1000 }, (_, counter) => tokens.write({ ...anyContent, counter })).find((text) =>
      /[-_]/.test(text.slice(5)),
    )!;
    const plain = `wxr1_${token.slice(5).replaceAll('-', '+').replaceAll('_', '/')}`;

    expect(plain).not.toBe(token);
    expect(tokens.read(plain)).toBeNull();
  });

  it('refuses a token of another installation', () => {
    expect(tokens.read(tokensWith('the secret of another one').write(anyContent))).toBeNull();
  });

  it('refuses content with no MAC, with an empty one and with one of zeros', () => {
    const content = Buffer.from(tokens.write(anyContent).slice(5), 'base64url').subarray(0, 20);

    for (const mac of [Buffer.alloc(0), Buffer.alloc(32)])
      expect(tokens.read(`wxr1_${Buffer.concat([content, mac]).toString('base64url')}`)).toBeNull();
  });

  it('refuses any other text without failing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.base64String(), fc.string()), (text) => {
        expect(tokens.read(text)).toBeNull();
        expect(tokens.read(`wxr1_${text}`)).toBeNull();
      }),
    );
  });

  it('gives the row a hash from which the token cannot be read', () => {
    const token = tokens.write(anyContent);
    const hash = tokens.hash(token);

    expect(hash).toHaveLength(32);
    expect(hash).toEqual(tokens.hash(token));
    expect(hash).not.toEqual(tokens.hash(tokens.write({ ...anyContent, counter: 8 })));
  });
});
