import { identifyRequest } from './request-id.js';

const idFor = (given?: string | string[]) => identifyRequest({ headers: { 'x-request-id': given } });
const UUID_V7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

describe('identifyRequest', () => {
  it.each(['abcdefgh', 'A_b-1234', 'x'.repeat(64)])('takes over %s', (given) => expect(idFor(given)).toBe(given));

  it.each([
    ...[
      undefined,
      '',
      'seven77',
      'x'.repeat(65),
      'with space',
      'line\nbreak',
      'abcdefgh\n',
      '{"level":60}',
      '中文中文中文中文',
    ],
    ['abcdefgh', 'ijklmnop'],
  ])('makes an id of its own for %j', (given) => expect(idFor(given)).toMatch(UUID_V7));

  it('never makes the same twice', () => {
    expect(new Set(Array.from({ length: 1_000 }, () => idFor())).size).toBe(1_000);
  });
});
