import { Clock } from '../../platform/clock.js';
import { type VerifiedToken, VerifiedTokens } from './verified-tokens.js';

const REMEMBERED_TOKENS = 20_000;
const BEGIN = Date.parse('2026-03-01T08:00:00Z');

function rememberingAt() {
  const clock = new Clock();
  let now = BEGIN;
  jest.spyOn(clock, 'now').mockImplementation(() => new Date(now));
  return { tokens: new VerifiedTokens(clock), pass: (seconds: number) => (now += seconds * 1000) };
}

const verified = (sessionId: string, livesSeconds = 900): VerifiedToken => ({
  caller: { userId: '7', sessionId, generation: 1, role: 'user' },
  expiresAtSeconds: BEGIN / 1000 + livesSeconds,
});

describe('VerifiedTokens', () => {
  it('knows nobody by a token it was never given', () => {
    expect(rememberingAt().tokens.find('a.b.c')).toBeNull();
  });

  it('knows the caller of a token it was given, and hands the caller out at once', () => {
    const { tokens } = rememberingAt();
    const { caller } = verified('one');

    expect(tokens.remember('a.b.c', verified('one'))).toEqual(caller);
    expect(tokens.find('a.b.c')).toEqual(caller);
  });

  it('tells tokens apart by every character, the signature’s too', () => {
    const { tokens } = rememberingAt();
    tokens.remember('header.claims.signature1', verified('one'));
    tokens.remember('header.claims.signature2', verified('two'));

    expect(tokens.find('header.claims.signature1')?.sessionId).toBe('one');
    expect(tokens.find('header.claims.signature2')?.sessionId).toBe('two');
    for (const other of ['header.claims.signature', 'header.claims.SIGNATURE1', 'header.claims.', 'header.claims'])
      expect(tokens.find(other)).toBeNull();
  });

  it('forgets a token in the second in which it expires, and for good', () => {
    const { tokens, pass } = rememberingAt();
    tokens.remember('a.b.c', verified('one', 900));

    pass(899.999);
    expect(tokens.find('a.b.c')).not.toBeNull();
    pass(0.001);
    expect(tokens.find('a.b.c')).toBeNull();
    pass(-900);
    expect(tokens.find('a.b.c')).toBeNull();
  });

  it('remembers no more than 20,000 tokens, and those that were used last', () => {
    const { tokens } = rememberingAt();
    tokens.remember('used', verified('used'));
    tokens.remember('idle', verified('idle'));
    for (let n = 0; n < REMEMBERED_TOKENS - 2; n++) tokens.remember(`token-${n}`, verified(String(n)));
    tokens.find('used');

    tokens.remember('one more', verified('one more'));

    expect(tokens.find('used')?.sessionId).toBe('used');
    expect(tokens.find('idle')).toBeNull();
    expect(tokens.find('one more')?.sessionId).toBe('one more');
  });
});
