import { setTimeout as delay } from 'node:timers/promises';
import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import { PasswordHasher } from '../../src/users/passwords/password-hasher.js';
import type { Answer } from '../support/http-client.js';
import { outcome, outcomes } from '../support/outcome.js';
import { freshUsername, login, registered, WRONG_PASSWORD } from '../support/password-users.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const REFUSED = '401 auth.invalid_credentials';
const BLOCKED = '429 auth.too_many_attempts';

jest.setTimeout(120_000); // a crowd takes its time on a busy machine

describe('limits of POST /api/v1/auth/login, for one address', () => {
  let test: TestApp;
  let hashes: jest.SpyInstance;
  beforeAll(async () => {
    test = await startTestApp({ TRUSTED_PROXIES: '127.0.0.1' });
    hashes = jest.spyOn(test.app.get(PasswordHasher), 'verify');
  });
  beforeEach(() => hashes.mockClear());
  afterAll(() => test?.close());

  const from = (address: string) => ({ 'x-forwarded-for': address });
  const guess = (address: string, username = freshUsername()) =>
    login(test, { username, password: WRONG_PASSWORD }, from(address));
  async function attack(addressOf: (n: number) => string, times: number): Promise<void> {
    for (let n = 0; n < times; n++) expect(outcome(await guess(addressOf(n)))).toBe(REFUSED);
  }

  it('stops one address that tries one password on many accounts at 100, before any hash, and nobody else', async () => {
    const { user } = await registered(test);
    await attack(() => '203.0.113.1', 100);
    hashes.mockClear();

    const answer = await login(test, { username: user.username }, from('203.0.113.1'));

    expect(outcome(answer)).toBe(BLOCKED);
    expect(answer.headers.get('retry-after')).toBe('30');
    expect(hashes).not.toHaveBeenCalled();
    expect(outcome(await login(test, { username: user.username }, from('203.0.113.2')))).toBe('200');
  });

  it('computes no more than 100 hashes for 300 guesses at 300 accounts at once', async () => {
    const answers = await Promise.all(Array.from({ length: 300 }, () => guess('203.0.113.3')));

    const { [REFUSED]: refused = 0, [BLOCKED]: blocked = 0, ...others } = outcomes(answers);
    expect(hashes.mock.calls.length).toBeLessThanOrEqual(100);
    expect(refused + blocked + (others['503 service.unavailable'] ?? 0)).toBe(300);
    expect(blocked).toBeGreaterThanOrEqual(200);
  });

  it('takes all addresses of one IPv6 /64 for one', async () => {
    await attack((n) => `2001:db8:1:1::${n.toString(16)}`, 100);

    expect(outcome(await guess('2001:db8:1:1:abcd::1'))).toBe(BLOCKED);
    expect(outcome(await guess('2001:db8:1:2::1'))).toBe(REFUSED);
  });

  it('believes no X-Forwarded-For that comes on top of the real address', async () => {
    await attack((n) => `198.51.100.${n}, 203.0.113.4`, 100);

    expect(outcome(await guess('192.0.2.1, 203.0.113.4'))).toBe(BLOCKED);
  });

  describe('lets in forty people behind one address who each mistype twice', () => {
    const CLASS = 40;

    it('one after the other', async () => {
      for (let person = 0; person < CLASS; person++) {
        const { username } = (await registered(test)).user;
        const tries = [
          await guess('203.0.113.5', username!),
          await guess('203.0.113.5', username!),
          await login(test, { username }, from('203.0.113.5')),
        ];
        expect(tries.map(outcome)).toEqual([REFUSED, REFUSED, '200']);
      }
    });

    it('all at once, when each waits the second they are asked to', async () => {
      const usernames: string[] = [];
      for (let person = 0; person < CLASS; person++) usernames.push((await registered(test)).user.username!);
      const patiently = async (attempt: () => Promise<Answer<TokensDto>>): Promise<string> => {
        for (let asked = 0; asked < 500; asked++) {
          const answer = await attempt();
          if (answer.headers.get('retry-after') !== '1') return outcome(answer);
          await delay(20); // the second is on the server's clock, which stands still here
        }
        return 'never let in';
      };

      const tries = await Promise.all(
        usernames.map(async (username) => [
          await patiently(() => guess('203.0.113.6', username)),
          await patiently(() => guess('203.0.113.6', username)),
          await patiently(() => login(test, { username }, from('203.0.113.6'))),
        ]),
      );

      expect(tries).toEqual(Array(CLASS).fill([REFUSED, REFUSED, '200']));
    });
  });
});
