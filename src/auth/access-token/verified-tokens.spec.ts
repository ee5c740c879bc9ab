import { Clock } from '../../platform/clock.js';
import type { SigningKeys } from '../keys/signing-keys.js';
import { type VerifiedToken, VerifiedTokens } from './verified-tokens.js';

const REMEMBERED_TOKENS = 20_000;
const BEGIN = Date.parse('2026-03-01T08:00:00Z');

function rememberingAt() {
  const clock = new Clock();
  let now = BEGIN;
  jest.spyOn(clock, 'now').mockImplementation(() => new Date(now));
  const gone = new Set<string>();
  const keys = { accepts: (kid: string) => !gone.has(kid) } as SigningKeys;
  const pass = (seconds: number) => (now += seconds * 1000);
  return { tokens: new VerifiedTokens(clock, keys), pass, revoke: (kid: string) => gone.add(kid) };
}

/** Three parts, of which only the header has to be one. */
const token = (name: string, kid = 'one') =>
  `${Buffer.from(JSON.stringify({ alg: 'ES256', typ: 'at+jwt', kid })).toString('base64url')}.e30.${name}`;

const verified = (sessionId: string, livesSeconds = 900): VerifiedToken => ({
  caller: { userId: '7', sessionId, generation: 1, role: 'user' },
  expiresAtSeconds: BEGIN / 1000 + livesSeconds,
});

describe('VerifiedTokens', () => {
  it('knows nobody by a token it was never given', () => {
    expect(rememberingAt().tokens.find(token('c'))).toBeNull();
  });

  it('knows the caller of a token it was given, and hands the caller out at once', () => {
    const { tokens } = rememberingAt();
    const { caller } = verified('one');

    expect(tokens.remember(token('c'), verified('one'))).toEqual(caller);
    expect(tokens.find(token('c'))).toEqual(caller);
  });

  it('tells tokens apart by every character, the signature’s too', () => {
    const { tokens } = rememberingAt();
    tokens.remember(token('signature1'), verified('one'));
    tokens.remember(token('signature2'), verified('two'));

    expect(tokens.find(token('signature1'))?.sessionId).toBe('one');
    expect(tokens.find(token('signature2'))?.sessionId).toBe('two');
    for (const other of [token('signature'), token('SIGNATURE1'), token(''), 'header.claims'])
      expect(tokens.find(other)).toBeNull();
  });

  it('forgets a token in the second in which it expires, and for good', () => {
    const { tokens, pass } = rememberingAt();
    tokens.remember(token('c'), verified('one', 900));

    pass(899.999);
    expect(tokens.find(token('c'))).not.toBeNull();
    pass(0.001);
    expect(tokens.find(token('c'))).toBeNull();
    pass(-900);
    expect(tokens.find(token('c'))).toBeNull();
  });

  it('forgets the tokens of a signing key that is gone, and no others', () => {
    const { tokens, revoke } = rememberingAt();
    tokens.remember(token('leaked', 'leaked'), verified('leaked'));
    tokens.remember(token('good', 'good'), verified('good'));

    revoke('leaked');

    expect(tokens.find(token('leaked', 'leaked'))).toBeNull();
    expect(tokens.find(token('good', 'good'))?.sessionId).toBe('good');
  });

  it('remembers no more than 20,000 tokens, and those that were used last', () => {
    const { tokens } = rememberingAt();
    tokens.remember(token('used'), verified('used'));
    tokens.remember(token('idle'), verified('idle'));
    for (let n = 0; n < REMEMBERED_TOKENS - 2; n++) tokens.remember(token(`token-${n}`), verified(String(n)));
    tokens.find(token('used'));

    tokens.remember(token('one-more'), verified('one more'));

    expect(tokens.find(token('used'))?.sessionId).toBe('used');
    expect(tokens.find(token('idle'))).toBeNull();
    expect(tokens.find(token('one-more'))?.sessionId).toBe('one more');
  });
});
