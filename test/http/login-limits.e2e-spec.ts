import type { ProblemDetails } from '../../src/platform/errors/problem-details.dto.js';
import { PasswordHasher } from '../../src/users/passwords/password-hasher.js';
import { User } from '../../src/users/user.entity.js';
import type { Answer } from '../support/http-client.js';
import { outcome } from '../support/outcome.js';
import { freshUsername, login, PASSWORD, registered, WRONG_PASSWORD } from '../support/password-users.js';
import { expectProblem } from '../support/problems.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { loginWithWechat } from '../support/wechat-phone.js';

const REFUSED = '401 auth.invalid_credentials';
const BLOCKED = '429 auth.too_many_attempts';

jest.setTimeout(120_000); // a crowd takes its time on a busy machine

describe('limits of POST /api/v1/auth/login, for one account', () => {
  let test: TestApp;
  let hashes: jest.SpyInstance;
  beforeAll(async () => {
    test = await startTestApp();
    hashes = jest.spyOn(test.app.get(PasswordHasher), 'verify');
  });
  beforeEach(async () => {
    hashes.mockClear();
    test.clock.advance({ days: 2 }); // whatever an earlier test did to this address is forgotten
  });
  afterAll(() => test?.close());

  const guess = (username: string, fields: object = {}) =>
    login(test, { username, password: WRONG_PASSWORD, ...fields });
  async function attack(username: string, times = 5, fields: object = {}): Promise<void> {
    for (let i = 0; i < times; i++) expect(outcome(await guess(username, fields))).toBe(REFUSED);
  }
  const retryAfter = ({ headers }: Answer<unknown>) => Number(headers.get('retry-after'));

  it('refuses the sixth try before any hash is computed, the right password too, and says when to come back', async () => {
    const { user } = await registered(test);
    await attack(user.username!);
    hashes.mockClear();

    const answer = await login(test, { username: user.username });

    expectProblem(answer, 429, 'auth.too_many_attempts');
    expect(answer.body).toMatchObject({ title: '尝试次数过多，请稍后再试', retryAfter: 30 });
    expect(retryAfter(answer)).toBe(30);
    expect(hashes).not.toHaveBeenCalled();
  });

  it('lets wait longer and longer by the clock, with one try in between', async () => {
    const username = freshUsername();
    await attack(username);
    const waits: number[] = [];
    for (let i = 0; i < 7; i++) {
      const wait = retryAfter(await guess(username));
      waits.push(wait);
      test.clock.advance({ seconds: wait - 1 });
      expect(outcome(await guess(username))).toBe(BLOCKED);
      test.clock.advance({ seconds: 1 });
      await attack(username, 1);
    }

    expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900]);
  });

  it('lets its owner in after the wait, and is as patient as at first from then on', async () => {
    const { user } = await registered(test);
    await attack(user.username!);
    test.clock.advance({ seconds: 30 });

    expect(outcome(await login(test, { username: user.username }))).toBe('200');
    await attack(user.username!, 4);
    expect(outcome(await login(test, { username: user.username }))).toBe('200');
  });

  it('treats a username that nobody has alike, so that it does not tell who is registered', async () => {
    const { user } = await registered(test);
    const unknown = freshUsername();
    await attack(user.username!);
    await attack(unknown);

    const [ofKnown, ofUnknown] = [await guess(user.username!), await guess(unknown)];

    expect([ofKnown, ofUnknown].map(outcome)).toEqual([BLOCKED, BLOCKED]);
    expect(Object.keys(ofUnknown.body)).toEqual(Object.keys(ofKnown.body));
    expect([...ofUnknown.headers.keys()]).toEqual([...ofKnown.headers.keys()]);
  });

  it('gives no more tries for typing the name in another letter case', async () => {
    const { user } = await registered(test, { username: 'ManyCases' });
    for (const username of ['manycases', 'MANYCASES', 'ManyCases', 'mANYcASES', 'manyCASES']) await attack(username, 1);

    expect(outcome(await login(test, { username: user.username }))).toBe(BLOCKED);
  });

  it('counts the guesses at both doors together', async () => {
    const username = freshUsername();
    const atOneDoor = () => test.client.post('/api/auth', { action: 'login', username, password: WRONG_PASSWORD });
    await attack(username, 3);
    for (let i = 0; i < 2; i++) expect(outcome(await atOneDoor())).toBe(REFUSED);

    expect(outcome(await guess(username))).toBe(BLOCKED);
    expect(outcome(await atOneDoor())).toBe(BLOCKED);
  });

  it('computes exactly 5 hashes for 1,000 guesses at once', async () => {
    const { user } = await registered(test);
    hashes.mockClear();

    const url = '/api/v1/auth/login';
    const injected = Array.from({ length: 1000 }, (_, n) => {
      const payload = { username: user.username, password: `${WRONG_PASSWORD}-${n}` };
      return test.app.inject({ method: 'POST', url, payload }); // without a thousand sockets
    });
    const codes = (await Promise.all(injected)).map((answer) => answer.json<ProblemDetails>().code);

    expect(hashes).toHaveBeenCalledTimes(5);
    expect(codes.filter((code) => code === 'auth.invalid_credentials')).toHaveLength(5);
    expect(codes.filter((code) => code === 'auth.too_many_attempts')).toHaveLength(995);
  });

  describe('while somebody attacks the account', () => {
    const device = { id: 'a-device-of-its-owner' };

    it('lets in a device that has logged in before, and no other', async () => {
      const { user } = await registered(test, { device });
      await attack(user.username!);

      expect(outcome(await login(test, { username: user.username }))).toBe(BLOCKED);
      expect(outcome(await login(test, { username: user.username, device: { id: 'another' } }))).toBe(BLOCKED);
      expect(outcome(await login(test, { username: user.username, device }))).toBe('200');
      expect(outcome(await login(test, { username: user.username }))).toBe(BLOCKED);
    });

    it('does not take a device of somebody else for one of the owner', async () => {
      const { user } = await registered(test);
      await registered(test, { device: { id: 'device-of-the-attacker' } });
      await attack(user.username!);

      const answer = await login(test, { username: user.username, device: { id: 'device-of-the-attacker' } });
      expect(outcome(answer)).toBe(BLOCKED);
    });

    it('gives the known device five tries of its own, and no more for spaces at the end of its id', async () => {
      const { user } = await registered(test, { device });
      await attack(user.username!);
      await attack(user.username!, 5, { device });

      expect(outcome(await login(test, { username: user.username, device }))).toBe(BLOCKED);
      const spaced = { id: `${device.id}  ` };
      expect(outcome(await login(test, { username: user.username, device: spaced }))).toBe(BLOCKED);
    });

    it('cannot be made to shut out the known device by a username made up of both', async () => {
      const { user } = await registered(test, { device });
      await attack(user.username!);
      await attack(`${user.username} ${device.id}`);

      expect(outcome(await login(test, { username: user.username, device }))).toBe('200');
    });

    it('leaves the owner’s WeChat login open', async () => {
      const { user } = (await loginWithWechat(test, 'attacked')).body;
      await test.dataSource
        .getRepository(User)
        .update({ id: user.id }, { username: 'Attacked', usernameKey: 'attacked' });
      await attack('attacked');

      const answer = await loginWithWechat(test, 'attacked');
      expect(answer.status).toBe(200);
      expect(answer.body.user.id).toBe(user.id);
    });

    it('leaves its open sessions alone', async () => {
      const { user, refreshToken } = await registered(test);
      await attack(user.username!);

      expect(outcome(await test.client.refresh(refreshToken))).toBe('200');
    });
  });

  it('does not stop anybody from registering', async () => {
    await attack(freshUsername());

    const fields = { username: freshUsername(), password: PASSWORD };
    expect(outcome(await test.client.post('/api/v1/auth/register', fields))).toBe('201');
  });
});
