import { EndedSessions } from '../../src/sessions/live/ended-sessions.js';
import { SessionStore } from '../../src/sessions/session-store.js';
import { whoAmI } from '../support/caller.js';
import { eventually } from '../support/eventually.js';
import { outcome } from '../support/outcome.js';
import { registered } from '../support/password-users.js';
import { expectProblem } from '../support/problems.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { describeTwoServers } from '../support/two-servers.js';

const DEADLINE_MS = 10_000;

describe('an ended session', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());

  const logout = (accessToken: string) => test.client.post('/api/v1/auth/logout', undefined, { token: accessToken });
  const isRefused = async (server: TestApp, token: string) =>
    outcome(await whoAmI(server, token)) === '401 sessions.ended';

  it('is refused by the very next request to the server that ended it', async () => {
    const { accessToken } = await registered(test);
    expect(outcome(await whoAmI(test, accessToken))).toBe('200');

    await logout(accessToken);

    expectProblem(await whoAmI(test, accessToken), 401, 'sessions.ended');
  });

  it('stays refused until its last access token has expired, and is forgotten soon after', async () => {
    const { accessToken, expiresIn, sessionId } = await registered(test);
    await logout(accessToken);

    test.clock.advance({ seconds: expiresIn - 1 });
    await nextPoll(test);
    expectProblem(await whoAmI(test, accessToken), 401, 'sessions.ended');
    test.clock.advance({ seconds: 1 });
    expectProblem(await whoAmI(test, accessToken), 401, 'auth.access_token_expired');

    const { ACCESS_TOKEN_TTL } = test.environment;
    test.clock.advance({ seconds: 0.05 * ACCESS_TOKEN_TTL + ACCESS_TOKEN_TTL - expiresIn + 11 });
    await nextPoll(test);
    expect(test.app.get(EndedSessions).has(sessionId)).toBe(false);
  });

  /** Waits until a server has read and forgotten, by what the clock says now. */
  async function nextPoll({ app }: TestApp): Promise<void> {
    const poll = jest.spyOn(app.get(SessionStore), 'findEndedSince');
    await eventually(() => poll.mock.calls.length >= 2, DEADLINE_MS); // at the second the first is over
    poll.mockRestore();
  }

  describeTwoServers('on two servers', () => {
    let sibling: TestApp;
    beforeAll(async () => {
      sibling = await test.sibling();
    });
    afterAll(() => sibling?.close());

    it('is refused by the other server in under a second', async () => {
      const took: number[] = [];
      for (let i = 0; i < 5; i++) {
        const { accessToken } = await registered(test);
        expect(outcome(await whoAmI(sibling, accessToken))).toBe('200');
        await logout(accessToken);
        took.push(await eventually(() => isRefused(sibling, accessToken), DEADLINE_MS));
      }

      expect(sibling.environment.REVOCATION_POLL_MS).toBeLessThanOrEqual(500);
      const median = took.sort((a, b) => a - b)[2]; // of five: a busy machine may hold up one or two
      expect(median).toBeLessThan(1_000);
    });

    it('is refused by the other server when it ended there for reuse', async () => {
      const first = await registered(test);
      const second = (await test.client.refresh(first.refreshToken)).body;
      const third = (await test.client.refresh(second.refreshToken)).body;
      expect(outcome(await whoAmI(sibling, third.accessToken))).toBe('200');

      expectProblem(await test.client.refresh(first.refreshToken), 401, 'sessions.refresh_token_reused');

      await eventually(() => isRefused(sibling, third.accessToken), DEADLINE_MS);
    });

    it('is refused from the first request by a server that started later', async () => {
      const { accessToken } = await registered(test);
      await logout(accessToken);
      test.clock.advance({ minutes: 10 });

      const late = await test.sibling();
      expectProblem(await whoAmI(late, accessToken), 401, 'sessions.ended');
      await late.close();
    });

    it('is refused by a server that could not ask the database for a minute when it ended', async () => {
      const { accessToken } = await registered(test);
      const poll = jest
        .spyOn(sibling.app.get(SessionStore), 'findEndedSince')
        .mockRejectedValue(new Error('the database is away'));
      await eventually(() => poll.mock.calls.length > 0, DEADLINE_MS);
      await logout(accessToken);
      test.clock.advance({ minutes: 1 });

      poll.mockRestore();

      await eventually(() => isRefused(sibling, accessToken), DEADLINE_MS);
    });
  });
});
