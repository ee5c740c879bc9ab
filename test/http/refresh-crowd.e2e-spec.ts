import { whoAmI } from '../support/caller.js';
import { claimsOf } from '../support/claims.js';
import { outcomes } from '../support/outcome.js';
import { registered } from '../support/password-users.js';
import { sessionRow } from '../support/session-rows.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { describeTwoServers } from '../support/two-servers.js';

const CROWD = 200;

describe('POST /api/v1/auth/refresh, by a crowd with one token', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());

  const refreshAll = (servers: TestApp[], refreshToken: string) =>
    Promise.all(Array.from({ length: CROWD }, (_, n) => servers[n % servers.length]!.client.refresh(refreshToken)));

  async function expectOneStep(servers: TestApp[]): Promise<void> {
    const { refreshToken: token, sessionId, user } = await registered(test);

    const answers = await refreshAll(servers, token);

    expect(outcomes(answers)).toEqual({ '200': CROWD });
    const [first] = answers.map(({ body }) => body);
    for (const { body } of answers) {
      const { accessToken: _, expiresIn: __, ...same } = body;
      const { accessToken: ___, expiresIn: ____, ...expected } = first!;
      expect(same).toEqual(expected);
      expect(claimsOf(body.accessToken)).toMatchObject({ gen: 2, sid: sessionId, sub: user.id });
    }
    expect(first).toMatchObject({ sessionId, user });
    expect((await sessionRow(test.dataSource, sessionId)).generation).toBe(2);

    const uses = answers.map(({ body }, n) => whoAmI(servers[(n + 1) % servers.length]!, body.accessToken));
    expect(outcomes(await Promise.all(uses))).toEqual({ '200': CROWD });
    expect(outcomes([await test.client.refresh(first!.refreshToken)])).toEqual({ '200': 1 });
  }

  it('gives 200 of them the same answer, and moves the counter one step', async () => {
    await expectOneStep([test]);
  });

  it('ends the session once, and gives nobody a token, when 200 replay an old one', async () => {
    const { refreshToken: stolen, sessionId } = await registered(test);
    const second = (await test.client.refresh(stolen)).body;
    const third = (await test.client.refresh(second.refreshToken)).body;

    const counts = outcomes(await refreshAll([test], stolen));

    const { '401 sessions.refresh_token_reused': reused = 0, '401 sessions.ended': ended = 0, ...others } = counts;
    expect(others).toEqual({});
    expect(reused).toBeGreaterThanOrEqual(1);
    expect(reused + ended).toBe(CROWD);
    expect(await sessionRow(test.dataSource, sessionId)).toMatchObject({ endReason: 'refresh_token_reused' });
    expect(outcomes([await whoAmI(test, third.accessToken)])).toEqual({ '401 sessions.ended': 1 });
  });

  it('never gives a token after a logout that happens in the middle', async () => {
    const { refreshToken, accessToken, sessionId } = await registered(test);

    const [answers, logout] = await Promise.all([
      refreshAll([test], refreshToken),
      test.client.post('/api/v1/auth/logout', undefined, { token: accessToken }),
    ]);

    expect(logout.status).toBe(204);
    const { '200': given = 0, '401 sessions.ended': refused = 0, ...others } = outcomes(answers);
    expect(others).toEqual({});
    expect(given + refused).toBe(CROWD);
    expect((await sessionRow(test.dataSource, sessionId)).endReason).toBe('logout');
    const given200 = answers.filter(({ status }) => status === 200);
    const uses = await Promise.all(given200.map(({ body }) => whoAmI(test, body.accessToken)));
    expect(outcomes(uses)['200']).toBeUndefined();
  });

  describeTwoServers('on two servers', () => {
    let sibling: TestApp;
    beforeAll(async () => {
      sibling = await test.sibling();
    });
    afterAll(() => sibling?.close());

    it('gives 200 of them the same answer, and moves the counter one step', async () => {
      await expectOneStep([test, sibling]);
    });
  });
});
