import { PasswordAttempts } from '../../src/users/passwords/password-attempts.js';
import { TooManyAttemptsError } from '../../src/users/users.errors.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const ACCOUNT_TRIES = 5;
const NETWORK_TRIES = 100;

jest.setTimeout(120_000); // a year of a school takes its time

let test: TestApp;
let world = 0;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test?.close());

/** Accounts and networks that no other test has, and a clock that stands still until it is moved. */
function counting() {
  const attempts = test.app.get(PasswordAttempts);
  const own = `${++world}`;
  const networks: string[] = [];
  /** Each address named here is one of this world's own, the /64 of an IPv6 address too. */
  const ownAddress = (address: string) => {
    if (address.includes(':')) return address.replace('2001:db8:', `2001:db8:${own}:`).replace(':0:', ':');
    if (!networks.includes(address)) networks.push(address);
    return `10.${world}.${networks.indexOf(address)}.1`;
  };
  const target = (account: string, ipAddress: string) => {
    return { account: { unknownName: `${account} of ${own}` }, ipAddress: ownAddress(ipAddress) };
  };
  /** 'right', 'wrong', or the seconds to wait when the password was not looked at. */
  const attempt = async (fields: { account?: string; ipAddress?: string; isRight?: boolean } = {}) => {
    const { account = 'alice', ipAddress = '203.0.113.9', isRight = false } = fields;
    try {
      const check = () => Promise.resolve(isRight ? 'alice' : null);
      const result = await attempts.count(target(account, ipAddress), check);
      return result === null ? 'wrong' : 'right';
    } catch (error) {
      if (error instanceof TooManyAttemptsError) return error.retryAfterSeconds;
      throw error;
    }
  };
  const fail = async (times: number, fields: { account?: string; ipAddress?: string } = {}) => {
    for (let i = 0; i < times; i++) expect(await attempt(fields)).toBe('wrong');
  };
  return { attempts, attempt, fail, target, pass: test.clock.advance.bind(test.clock) };
}

describe('PasswordAttempts, for one account', () => {
  it('lets five failures be, and then makes everyone wait, also with the right password', async () => {
    const { attempt, fail } = counting();
    await fail(ACCOUNT_TRIES);

    expect(await attempt({ isRight: true })).toBe(30);
    expect(await attempt({ isRight: true, ipAddress: '198.51.100.1' })).toBe(30);
    expect(await attempt({ account: 'bob' })).toBe('wrong');
  });

  it('counts the wait down to the second in which it is over', async () => {
    const { attempt, fail, pass } = counting();
    await fail(ACCOUNT_TRIES);

    pass({ seconds: 10 });
    expect(await attempt()).toBe(20);
    pass({ seconds: 19.5 });
    expect(await attempt()).toBe(1);
    pass({ seconds: 0.5 });
    expect(await attempt({ isRight: true })).toBe('right');
  });

  it('gives one try after each wait, and doubles the wait up to a quarter of an hour', async () => {
    const { attempt, fail, pass } = counting();
    await fail(ACCOUNT_TRIES);
    const waits: number[] = [];
    for (let i = 0; i < 8; i++) {
      const seconds = Number(await attempt());
      waits.push(seconds);
      pass({ seconds });
      await fail(1);
    }

    expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
  });

  it('does not lengthen the wait of those who ask while they wait', async () => {
    const { attempt, fail, pass } = counting();
    await fail(ACCOUNT_TRIES);
    for (let i = 0; i < 50; i++) await attempt();

    pass({ seconds: 30 });
    expect(await attempt({ isRight: true })).toBe('right');
  });

  it('starts anew after a success', async () => {
    const { attempt, fail } = counting();
    await fail(ACCOUNT_TRIES - 1);
    expect(await attempt({ isRight: true })).toBe('right');

    await fail(ACCOUNT_TRIES);
    expect(await attempt()).toBe(30);
  });

  it('forgets a day after the first failure, by the clock that it was handed', async () => {
    const { attempt, fail, pass } = counting();
    await fail(ACCOUNT_TRIES);

    pass({ hours: 24, seconds: -1 });
    await fail(1);
    expect(await attempt()).toBe(60);
    pass({ seconds: 2 });
    await fail(ACCOUNT_TRIES);
  });

  it('gives many guesses at once no more tries than the same guesses one by one', async () => {
    const { attempts, target } = counting();
    const check = jest.fn(() => new Promise<null>((resolve) => setImmediate(() => resolve(null))));

    const outcomes = await Promise.allSettled(
      Array.from({ length: 1000 }, () => attempts.count(target('alice', '203.0.113.9'), check)),
    );

    expect(check).toHaveBeenCalledTimes(ACCOUNT_TRIES);
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    expect(refusals).toHaveLength(1000 - ACCOUNT_TRIES);
    for (const refusal of refusals) expect(refusal).toBeInstanceOf(TooManyAttemptsError);
  });

  it('counts a check that broke down neither as a failure nor as still under way', async () => {
    const { attempts, fail, target } = counting();
    for (let i = 0; i < 20; i++)
      await expect(
        attempts.count(target('alice', '203.0.113.9'), () => Promise.reject(new Error('no room'))),
      ).rejects.toThrow('no room');

    await fail(ACCOUNT_TRIES);
  });
});

describe('PasswordAttempts, for one network', () => {
  const failOnMany = async ({ fail }: ReturnType<typeof counting>, count: number, ipAddress?: string) => {
    for (let i = 0; i < count; i++) await fail(1, { account: `account-${i}`, ipAddress });
  };

  it('stops an address that tries many accounts at the hundredth failure, and no other address', async () => {
    const world = counting();
    await failOnMany(world, NETWORK_TRIES);

    expect(await world.attempt({ account: 'one more' })).toBe(30);
    expect(await world.attempt({ account: 'one more', isRight: true })).toBe(30);
    expect(await world.attempt({ account: 'one more', ipAddress: '198.51.100.1', isRight: true })).toBe('right');
  });

  it('takes the /64 of an IPv6 address for one', async () => {
    const world = counting();
    for (let i = 0; i < NETWORK_TRIES; i++)
      await world.fail(1, { account: `account-${i}`, ipAddress: `2001:db8:0:1::${i.toString(16)}` });

    expect(await world.attempt({ account: 'one more', ipAddress: '2001:db8:0:1:ffff::1' })).toBe(30);
    expect(await world.attempt({ account: 'one more', ipAddress: '2001:db8:0:2::1', isRight: true })).toBe('right');
  });

  it('keeps what an account has left when only its network has to wait', async () => {
    const world = counting();
    await failOnMany(world, NETWORK_TRIES);
    for (let i = 0; i < 10; i++) await world.attempt({ account: 'alice' });

    await world.fail(ACCOUNT_TRIES, { account: 'alice', ipAddress: '198.51.100.1' });
  });

  it('is not cleared by a success, or an attacker with one account would clear it', async () => {
    const world = counting();
    await failOnMany(world, NETWORK_TRIES - 1);
    expect(await world.attempt({ account: 'the attacker’s own', isRight: true })).toBe('right');
    await world.fail(1, { account: 'one more' });

    expect(await world.attempt({ account: 'one more' })).toBe(30);
  });

  it('never locks out a school in which somebody mistypes every half an hour, however long that goes on', async () => {
    const { attempt, fail, pass } = counting();
    for (let i = 0; i < 2 * NETWORK_TRIES; i++) {
      await fail(1, { account: `pupil-${i}` });
      expect(await attempt({ account: `pupil-${i}`, isRight: true })).toBe('right');
      pass({ minutes: 30 });
    }
  });

  it('lets forty people behind one address in who each mistype twice', async () => {
    const { attempt } = counting();
    for (let person = 0; person < 40; person++) {
      const account = `person-${person}`;
      expect([await attempt({ account }), await attempt({ account })]).toEqual(['wrong', 'wrong']);
      expect(await attempt({ account, isRight: true })).toBe('right');
    }
  });
});
