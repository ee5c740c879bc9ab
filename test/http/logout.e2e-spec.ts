import { whoAmI } from '../support/caller.js';
import { outcome } from '../support/outcome.js';
import { login, registered } from '../support/password-users.js';
import { expectProblem } from '../support/problems.js';
import { sessionRow } from '../support/session-rows.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('POST /api/v1/auth/logout', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());

  const logout = (token?: string) => test.client.post('/api/v1/auth/logout', undefined, { token });

  it('ends this session: neither of its tokens works any more', async () => {
    const tokens = await registered(test);

    const answer = await logout(tokens.accessToken);

    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(await sessionRow(test.dataSource, tokens.sessionId)).toMatchObject({
      ...{ endReason: 'logout', endedAt: test.clock.now() },
    });
    expectProblem(await whoAmI(test, tokens.accessToken), 401, 'sessions.ended');
    expectProblem(await test.client.refresh(tokens.refreshToken), 401, 'sessions.ended');
  });

  it('also ends what earlier access tokens of the session could do', async () => {
    const first = await registered(test);
    const { body: second } = await test.client.refresh(first.refreshToken);

    await logout(second.accessToken);

    for (const { accessToken } of [first, second])
      expectProblem(await whoAmI(test, accessToken), 401, 'sessions.ended');
  });

  it('leaves the user’s other devices signed in', async () => {
    const here = await registered(test, { username: 'TwoDevices' });
    const there = (await login(test, { username: 'TwoDevices' })).body;

    await logout(here.accessToken);

    expect(outcome(await whoAmI(test, there.accessToken))).toBe('200');
    expect(outcome(await test.client.refresh(there.refreshToken))).toBe('200');
  });

  it('tells who logs out twice that the session has ended', async () => {
    const { accessToken } = await registered(test);
    await logout(accessToken);

    expectProblem(await logout(accessToken), 401, 'sessions.ended');
  });

  it('needs a caller', async () => {
    const answer = await logout();

    expectProblem(answer, 401, 'auth.access_token_missing');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('takes no expired access token: refresh first', async () => {
    const { accessToken, refreshToken } = await registered(test);
    test.clock.advance({ minutes: 16 });

    expectProblem(await logout(accessToken), 401, 'auth.access_token_expired');
    const { body } = await test.client.refresh(refreshToken);
    expect((await logout(body.accessToken)).status).toBe(204);
  });

  it('does not mind an empty JSON body, which wx.request sends', async () => {
    const { accessToken } = await registered(test);

    expect((await test.client.post('/api/v1/auth/logout', {}, { token: accessToken })).status).toBe(204);
  });
});
