import { BLOCKED, Crowd, REFUSED } from '../../support/login-crowd.js';
import { outcome } from '../../support/outcome.js';
import { freshUsername, login, PASSWORD, registered } from '../../support/password-users.js';
import { isMysql } from '../../support/test-database.js';
import { startTestRedis, type TestRedis } from '../../support/test-redis.js';
import { loginWithWechat } from '../../support/wechat-phone.js';
import { User } from '../../../src/users/user.entity.js';

jest.setTimeout(120_000); // a crowd takes its time on a busy machine

const HERE = isMysql ? 'two processes' : 'one process';
const MEMORIES = process.env.TEST_REDIS_SERVER ? ['database', 'Redis'] : ['database'];

describe.each(MEMORIES)(`limits of POST /api/v1/auth/login, counted in the %s by ${HERE}`, (memory) => {
  let redis: TestRedis | undefined;
  let crowd: Crowd;
  beforeAll(async () => {
    redis = memory === 'Redis' ? await startTestRedis() : undefined;
    crowd = await Crowd.start(redis ? { REDIS_URL: redis.url } : {});
  });
  beforeEach(() => {
    crowd.first.clock.advance({ days: 2 }); // whatever an earlier test did is forgotten
    crowd.countHashes();
  });
  afterAll(async () => {
    await crowd?.close();
    await redis?.stop();
  });

  const addressOf = (n: number) => `203.0.${Math.floor(n / 250)}.${(n % 250) + 1}`;

  it('compute exactly 5 hashes for 1,000 guesses at once', async () => {
    const username = (await registered(crowd.first)).user.username!;

    const outcomes = await crowd.guessAtOnce(1_000, () => ({ username }));

    expect(outcomes).toEqual({ [REFUSED]: 5, [BLOCKED]: 995 });
    expect(crowd.countHashes()).toBe(5);
  });

  it('compute exactly 5 hashes for 1,000 guesses from 1,000 addresses, and keep its owner’s own doors open', async () => {
    const device = { id: 'a-device-of-its-owner' };
    const { username } = (await registered(crowd.first, { device })).user;

    const outcomes = await crowd.guessAtOnce(1_000, (n) => ({ username: username!, from: addressOf(n) }));

    expect(outcomes).toEqual({ [REFUSED]: 5, [BLOCKED]: 995 });
    expect(crowd.countHashes()).toBe(5);
    for (const server of crowd.servers) {
      expect(outcome(await login(server, { username }))).toBe(BLOCKED);
      expect(outcome(await login(server, { username, device }))).toBe('200');
    }
  });

  it('leave WeChat login, refresh and signed-in requests of the attacked account open', async () => {
    const owner = (await loginWithWechat(crowd.first, 'attacked')).body;
    const named = { username: 'Attacked', usernameKey: 'attacked' };
    await crowd.first.dataSource.getRepository(User).update({ id: owner.user.id }, named);
    const outcomes = await crowd.guessAtOnce(100, (n) => ({ username: 'attacked', from: addressOf(n) }));

    expect(outcomes).toEqual({ [REFUSED]: 5, [BLOCKED]: 95 });
    for (const server of crowd.servers) {
      expect(outcome(await login(server, { username: 'attacked' }))).toBe(BLOCKED);
      expect((await loginWithWechat(server, 'attacked')).body.user.id).toBe(owner.user.id);
    }
    expect(outcome(await crowd.last.client.refresh(owner.refreshToken))).toBe('200');
  });

  it('compute exactly 100 hashes for one address that tries a password on 1,000 accounts', async () => {
    const counts: Record<string, number> = {};
    // Twenty at a time: more than the hashing pool holds would be told to come back, and counted for nothing.
    for (let batch = 0; batch < 50; batch++) {
      const outcomes = await crowd.guessAtOnce(20, () => ({ username: freshUsername(), from: '203.0.113.77' }));
      for (const [text, count] of Object.entries(outcomes)) counts[text] = (counts[text] ?? 0) + count;
    }

    expect(counts).toEqual({ [REFUSED]: 100, [BLOCKED]: 900 });
    expect(crowd.countHashes()).toBe(100);
  });

  it('count a /64 of IPv6 for one address, and an address that somebody only claims to have for nothing', async () => {
    const outcomes = [];
    for (let n = 0; n < 60; n++) {
      const inNetwork = { from: `2001:db8:1:1:${n.toString(16)}::1`, headers: { 'x-forwarded-for': addressOf(n) } };
      outcomes.push(await crowd.guess({ username: freshUsername(), ...inNetwork }));
      outcomes.push(await crowd.guess({ username: freshUsername(), ...inNetwork, from: '2001:db8:1:1::2' }));
    }

    expect(outcomes.filter((text) => text === REFUSED)).toHaveLength(100);
    expect(outcomes.slice(100)).toEqual(Array(20).fill(BLOCKED));
    expect(await crowd.guess({ username: freshUsername(), from: '2001:db8:1:2::1' })).toBe(REFUSED);
  });

  it('let in forty students behind one address while somebody among them attacks', async () => {
    const from = '203.0.113.78';
    const students = [];
    for (let n = 0; n < 40; n++) {
      const device = { id: `phone-${n}` };
      students.push({ username: (await registered(crowd.first, { device })).user.username!, device, from });
    }
    for (const { username } of students) {
      const twice = [await crowd.guess({ username, from }), await crowd.guess({ username, from })];
      expect([...twice, await crowd.guess({ username, from, password: PASSWORD })]).toEqual([REFUSED, REFUSED, '200']);
    }
    await crowd.guessAtOnce(60, () => ({ username: freshUsername(), from }));
    expect(await crowd.guess({ username: freshUsername(), from })).toBe(BLOCKED);

    for (const student of students) expect(await crowd.guess({ ...student, password: PASSWORD })).toBe('200');
    expect((await loginWithWechat(crowd.last, 'student')).status).toBe(200);
  });

  it('count one account once, whether it is called by its username or its e-mail address', async () => {
    const { username } = (await registered(crowd.first, { email: 'both.names@example.com' })).user;

    const outcomes = await crowd.guessAtOnce(200, (n) => {
      return { username: n % 2 ? username! : 'Both.Names@example.com', from: addressOf(n) };
    });

    expect(outcomes).toEqual({ [REFUSED]: 5, [BLOCKED]: 195 });
    expect(crowd.countHashes()).toBe(5);
  });
});
