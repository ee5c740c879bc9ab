import bcrypt from 'bcrypt';
import type { Environment } from '../../src/platform/config/environment.js';
import { User } from '../../src/users/user.entity.js';
import { PasswordHasher } from '../../src/users/passwords/password-hasher.js';
import { whoAmI } from '../support/caller.js';
import { outcome } from '../support/outcome.js';
import { login, PASSWORD, registered, WRONG_PASSWORD } from '../support/password-users.js';
import { expectProblem } from '../support/problems.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { loginWithWechat } from '../support/wechat-phone.js';

describe('POST /api/v1/auth/login', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ BCRYPT_COST: '5' });
  });
  afterAll(() => test?.close());

  const users = () => test.dataSource.getRepository(User);
  const change = (id: string, fields: Partial<User>) => users().update({ id }, fields);
  const hashOf = async (id: string) => (await users().findOneByOrFail({ id })).passwordHash!;
  const refused = async (fields: object) => expectProblem(await login(test, fields), 401, 'auth.invalid_credentials');

  it('opens a new session for the known user', async () => {
    const first = await registered(test, { username: 'Alice01' });

    const answer = await login(test, { username: 'Alice01' });

    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body).toMatchObject({ isNewUser: false, tokenType: 'Bearer', refreshExpiresIn: 604800 });
    expect(answer.body.user).toEqual(first.user);
    expect(answer.body.sessionId).not.toBe(first.sessionId);
    expect((await whoAmI(test, answer.body.accessToken)).body).toEqual(first.user);
  });

  it('takes the username and the e-mail address in any letter case', async () => {
    const { user } = await registered(test, { username: 'Anna01', email: 'anna@example.com' });

    for (const username of ['Anna01', 'anna01', 'ANNA01', 'anna@example.com', 'Anna@Example.COM'])
      expect((await login(test, { username })).body.user).toEqual(user);
  });

  it('takes what differs in spaces for an unknown user: MySQL alone would not see some of them', async () => {
    await registered(test, { username: 'Spaced01', email: 'spaced@example.com' });

    for (const username of [
      ' Spaced01',
      'Spaced01 ',
      ' spaced@example.com',
      'spaced@example.com ',
      'spaced@example.com   ',
    ])
      await refused({ username });
  });

  it('answers a wrong password and an unknown user alike, to the last header name', async () => {
    await registered(test, { username: 'Known01', email: 'known@example.com' });
    const known = await login(test, { username: 'Known01', password: WRONG_PASSWORD });
    const others = [
      await login(test, { username: 'Unknown01', password: WRONG_PASSWORD }),
      await login(test, { username: 'unknown@example.com', password: WRONG_PASSWORD }),
      await login(test, { username: 'known@example.com', password: WRONG_PASSWORD }),
      await login(test, { username: '不是用户名', password: WRONG_PASSWORD }),
    ];

    expectProblem(known, 401, 'auth.invalid_credentials');
    for (const other of others) {
      expect({ ...other.body, requestId: '' }).toEqual({ ...known.body, requestId: '' });
      expect(other.status).toBe(known.status);
      expect([...other.headers.keys()]).toEqual([...known.headers.keys()]);
      expect(other.text).toHaveLength(known.text.length);
    }
  });

  it('computes one hash of the same cost for a wrong password, an unknown user and one without a password', async () => {
    const compare = jest.spyOn(bcrypt, 'compare');
    const costs = async (username: string) => {
      compare.mockClear();
      await refused({ username, password: WRONG_PASSWORD });
      return compare.mock.calls.map(([, stored]) => bcrypt.getRounds(stored));
    };
    await registered(test, { username: 'Timed01' });

    expect([await costs('Timed01'), await costs('Nobody01'), await costs('不是用户名')]).toEqual([[5], [5], [5]]);
    compare.mockRestore();
  });

  it('renews a hash of a lower cost when its owner logs in, and only then', async () => {
    const { user } = await registered(test, { username: 'Renewed01' });
    const cheap = await new PasswordHasher({ BCRYPT_COST: 4 } as Environment).hash(PASSWORD);
    await change(user.id, { passwordHash: cheap });

    await refused({ username: 'Renewed01', password: WRONG_PASSWORD });
    expect(await hashOf(user.id)).toBe(cheap);

    expect(outcome(await login(test, { username: 'Renewed01' }))).toBe('200');
    const renewed = await hashOf(user.id);
    expect(renewed).toMatch(/^\$2b\$05\$/);

    expect(outcome(await login(test, { username: 'Renewed01' }))).toBe('200');
    expect(await hashOf(user.id)).toBe(renewed);
  });

  it('looks at the characters after byte 72', async () => {
    const long = `Aa-${'k'.repeat(100)}`;
    await registered(test, { username: 'Long01', password: `${long}1` });

    await refused({ username: 'Long01', password: `${long}2` });
    await refused({ username: 'Long01', password: long });
    expect(outcome(await login(test, { username: 'Long01', password: `${long}1` }))).toBe('200');
  });

  it('takes a password typed on another keyboard', async () => {
    await registered(test, { username: 'Cafe01', password: 'Caf\u00e9-Kettle7' });

    expect(outcome(await login(test, { username: 'Cafe01', password: 'Cafe\u0301-Kettle7' }))).toBe('200');
    expect(outcome(await login(test, { username: 'Cafe01', password: 'Ｃａｆ\u00e9－Ｋｅｔｔｌｅ７' }))).toBe('200');
    await refused({ username: 'Cafe01', password: 'Cafe-Kettle7' });
  });

  it('takes no password, not even an empty or a guessed one, from someone who only ever came through WeChat', async () => {
    const { user } = (await loginWithWechat(test, 'wechat-only')).body;
    await change(user.id, { username: 'Wechat01', usernameKey: 'wechat01', email: 'wechat@example.com' });

    for (const password of [PASSWORD, 'nobody has this password', ' ', 'null'])
      await refused({ username: 'Wechat01', password });
    await refused({ username: 'wechat@example.com' });
  });

  it('tells a banned user so, but only with the right password', async () => {
    const { user } = await registered(test, { username: 'Banned01' });
    await change(user.id, { bannedUntil: new Date(test.clock.now().getTime() + 60_000) });

    await refused({ username: 'Banned01', password: WRONG_PASSWORD });
    expectProblem(await login(test, { username: 'Banned01' }), 403, 'users.banned');

    test.clock.advance({ seconds: 60 });
    expect(outcome(await login(test, { username: 'Banned01' }))).toBe('200');
  });
});
