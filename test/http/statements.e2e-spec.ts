import { SessionActivity } from '../../src/sessions/live/session-activity.js';
import { whoAmI } from '../support/caller.js';
import type { Answer } from '../support/http-client.js';
import { outcome } from '../support/outcome.js';
import { login, registered } from '../support/password-users.js';
import { flushBatches, statementsDuring } from '../support/statements.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { describeWithRedis, startTestRedis, type TestRedis } from '../support/test-redis.js';
import { loginWithWechat } from '../support/wechat-phone.js';

describe('SQL statements a request costs', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ REVOCATION_POLL_MS: '60000' });
  });
  afterAll(() => test?.close());

  /** The statements of one request, with nothing else going on; `BEGIN` and `COMMIT` count. */
  async function statementsOf(request: () => Promise<Answer<unknown>>, expected = '200'): Promise<string[]> {
    await flushBatches(test.app);
    const answers: Answer<unknown>[] = [];
    const statements = await statementsDuring(test.dataSource, async () => answers.push(await request()));
    expect(answers.map(outcome)).toEqual([expected]);
    return statements;
  }

  it('none, for the checks of an access token: a caller who asks for nothing stored', async () => {
    const { accessToken } = await registered(test);
    const ask = () => test.client.delete('/api/v1/sessions/not-a-uuid', { token: accessToken });
    await ask();

    expect(await statementsOf(ask, '404 sessions.not_found')).toEqual([]);
  });

  it('none, to refuse an access token of an ended session', async () => {
    const { accessToken } = await registered(test);
    await test.client.post('/api/v1/auth/logout', undefined, { token: accessToken });

    expect(await statementsOf(() => whoAmI(test, accessToken), '401 sessions.ended')).toEqual([]);
  });

  it('none, to refuse an access token or a refresh token that was made up', async () => {
    expect(await statementsOf(() => whoAmI(test, 'made.up.token'), '401 auth.access_token_invalid')).toEqual([]);
    expect(await statementsOf(() => test.client.refresh('wxr1_made-up'), '401 sessions.refresh_token_invalid')).toEqual(
      [],
    );
  });

  it('exactly 1 for GET /users/me', async () => {
    const { accessToken } = await registered(test);
    await whoAmI(test, accessToken);

    expect(await statementsOf(() => whoAmI(test, accessToken))).toEqual([
      expect.stringMatching(/^SELECT .* FROM users/),
    ]);
  });

  it('2 for a refresh: one read, one conditional write', async () => {
    const { refreshToken } = await registered(test);

    expect(await statementsOf(() => test.client.refresh(refreshToken))).toEqual([
      expect.stringMatching(/^SELECT .*FROM sessions/s),
      expect.stringMatching(/^UPDATE sessions .* AND generation = \?/s),
    ]);
  });

  it('1 for the repeat of a refresh whose answer was lost', async () => {
    const { refreshToken } = await registered(test);
    await test.client.refresh(refreshToken);

    expect(await statementsOf(() => test.client.refresh(refreshToken))).toEqual([expect.stringMatching(/^SELECT /)]);
  });

  it('3 for a password login, and 2 to count the attempt where there is no Redis to count in', async () => {
    await registered(test, { username: 'Alice01' });

    expect(await statementsOf(() => login(test, { username: 'Alice01' }))).toEqual([
      expect.stringMatching(/^SELECT .* FROM users/),
      expect.stringMatching(/^INSERT INTO attempt_counters/),
      expect.stringMatching(/^UPDATE attempt_counters/),
      expect.stringMatching(/^INSERT INTO sessions/),
      expect.stringMatching(/^SELECT id, platform FROM sessions/),
    ]);
  });

  it('as many for a wrong password as for one of an unknown user: 1, and 2 to count the attempt', async () => {
    await registered(test, { username: 'Wrong01' });
    const costs = async (username: string) =>
      statementsOf(() => login(test, { username, password: 'Green-Kettle8' }), '401 auth.invalid_credentials');

    for (const username of ['Wrong01', 'Nobody01'])
      expect(await costs(username)).toEqual([
        expect.stringMatching(/^SELECT .* FROM users/),
        expect.stringMatching(/^INSERT INTO attempt_counters/),
        expect.stringMatching(/^UPDATE attempt_counters/),
      ]);
  });

  it('1 for a guess while the account has to wait, once that is known', async () => {
    const guess = () => login(test, { username: 'Waiting01', password: 'Green-Kettle8' });
    for (let i = 0; i < 6; i++) await guess();

    expect(await statementsOf(guess, '429 auth.too_many_attempts')).toEqual([
      expect.stringMatching(/^SELECT .* FROM users/),
    ]);
  });

  it('4 for a WeChat login of someone known', async () => {
    await loginWithWechat(test, 'known');
    const code = await test.wechat.code('known');

    const statements = await statementsOf(() => test.client.post('/api/v1/auth/wechat', { code }));

    expect(statements.map((sql) => sql.split(' ')[0])).toEqual(['SELECT', 'UPDATE', 'INSERT', 'SELECT']);
  });

  it('6 for the first WeChat login of someone', async () => {
    const code = await test.wechat.code('newcomer');

    const statements = await statementsOf(() => test.client.post('/api/v1/auth/wechat', { code }));

    expect(statements).toHaveLength(6);
    expect(statements.filter((sql) => sql.startsWith('INSERT')).length).toBe(3);
  });

  it('1 for a list of sessions, and 1 to end one', async () => {
    const { accessToken, sessionId } = await registered(test);
    await whoAmI(test, accessToken);

    expect(await statementsOf(() => test.client.get('/api/v1/sessions', { token: accessToken }))).toHaveLength(1);
    expect(
      await statementsOf(() => test.client.delete(`/api/v1/sessions/${sessionId}`, { token: accessToken }), '204'),
    ).toHaveLength(1);
  });

  it('one row a minute, not one a request, for noting that a session is in use', async () => {
    const { accessToken } = await registered(test);
    const flush = () => test.app.get(SessionActivity).flush();
    await flushBatches(test.app);
    const useAndFlush = async () => {
      for (let i = 0; i < 10; i++) await whoAmI(test, accessToken);
      await flush();
    };
    const writes = async () =>
      (await statementsDuring(test.dataSource, useAndFlush)).filter((sql) => sql.startsWith('UPDATE sessions')).length;

    expect(await writes()).toBe(1);
    test.clock.advance({ seconds: 59 });
    expect(await writes()).toBe(0);
    test.clock.advance({ seconds: 1 });
    expect(await writes()).toBe(1);
  });

  it('4 for a WeChat login on a device that was there before, 5 on one that was not', async () => {
    const from = async (id: string) => {
      const code = await test.wechat.code('on-devices');
      return () => test.client.post('/api/v1/auth/wechat', { code, device: { id } });
    };
    const phone = await from('phone');
    await phone();
    test.clock.advance({ minutes: 1 });
    await registered(test); // after a minute the signing keys are read again, whoever asks first
    const verbs = async (id: string) => (await statementsOf(await from(id))).map((sql) => sql.split(' ')[0]);

    expect(await verbs('phone')).toEqual(['SELECT', 'UPDATE', 'SELECT', 'UPDATE']);
    expect(await verbs('tablet')).toEqual(['SELECT', 'UPDATE', 'SELECT', 'INSERT', 'SELECT']);
  });
});

describeWithRedis('SQL statements a password login costs, with Redis', () => {
  let redis: TestRedis;
  let test: TestApp;
  beforeAll(async () => {
    redis = await startTestRedis();
    test = await startTestApp({ REVOCATION_POLL_MS: '60000', REDIS_URL: redis.url });
  });
  afterAll(async () => {
    await test?.close();
    await redis?.stop();
  });

  it('3, and 1 for a wrong password or an unknown user', async () => {
    const { user } = await registered(test);
    const costs = async (fields: object) => {
      await flushBatches(test.app);
      return (await statementsDuring(test.dataSource, () => login(test, fields))).map((sql) => sql.split(' ')[0]);
    };

    expect(await costs({ username: user.username })).toEqual(['SELECT', 'INSERT', 'SELECT']);
    expect(await costs({ username: user.username, password: 'Green-Kettle8' })).toEqual(['SELECT']);
    expect(await costs({ username: 'Nobody01', password: 'Green-Kettle8' })).toEqual(['SELECT']);
  });
});
