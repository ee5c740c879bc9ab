import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import { whoAmI } from '../support/caller.js';
import { claimsOf } from '../support/claims.js';
import { outcome } from '../support/outcome.js';
import { registered } from '../support/password-users.js';
import { expectProblem } from '../support/problems.js';
import { sessionRow } from '../support/session-rows.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('POST /api/v1/auth/refresh', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());

  const refresh = (tokens: TokensDto) => test.client.refresh(tokens.refreshToken);
  const refreshed = async (tokens: TokensDto): Promise<TokensDto> => {
    const answer = await refresh(tokens);
    expect(outcome(answer)).toBe('200');
    return answer.body;
  };
  const use = async ({ accessToken }: TokensDto) => expect(outcome(await whoAmI(test, accessToken))).toBe('200');
  const row = ({ sessionId }: TokensDto) => sessionRow(test.dataSource, sessionId);

  async function expectEndedAsReused(latest: TokensDto): Promise<void> {
    expect(await row(latest)).toMatchObject({ endReason: 'refresh_token_reused', endedAt: test.clock.now() });
    expectProblem(await whoAmI(test, latest.accessToken), 401, 'sessions.ended');
    expectProblem(await refresh(latest), 401, 'sessions.ended');
  }

  describe('with the current token', () => {
    it('gives the next pair of the same session and user, and moves the counter one step', async () => {
      const first = await registered(test);
      test.clock.advance({ minutes: 10 });

      const answer = await refresh(first);

      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      const { sessionId, user } = first;
      expect(answer.body).toMatchObject({ sessionId, user, isNewUser: false, refreshExpiresIn: 604800 });
      expect(answer.body.refreshToken).not.toBe(first.refreshToken);
      expect([first, answer.body].map(({ accessToken }) => claimsOf(accessToken).gen)).toEqual([1, 2]);
      expect(await row(first)).toMatchObject({ generation: 2, rotatedAt: test.clock.now() });
      await use(answer.body);
    });

    it('keeps one row a session, however often it is refreshed', async () => {
      let tokens = await registered(test);
      for (let i = 0; i < 10; i++) tokens = await refreshed(tokens);

      const rows = await test.dataSource.query<{ generation: number }[]>(
        'SELECT generation FROM sessions WHERE user_id = ?',
        [tokens.user.id],
      );
      expect(rows.map(({ generation }) => generation)).toEqual([11]);
    });

    it('leaves the access token of before valid until it expires', async () => {
      const first = await registered(test);
      await refreshed(first);

      await use(first);
    });
  });

  describe('with the token of before, when the answer was lost', () => {
    it.each([
      ['at once', {}],
      ['an hour later', { hours: 1 }],
      ['24 h later', { hours: 24 }],
    ])('gives the same token again %s, and the session goes on from there', async (_when, later) => {
      const first = await registered(test);
      const lost = await refreshed(first);
      test.clock.advance(later);

      const repaired = await refreshed(first);

      expect(repaired.refreshToken).toBe(lost.refreshToken);
      expect(claimsOf(repaired.accessToken).gen).toBe(2);
      expect((await row(first)).generation).toBe(2);
      await use(repaired);
      await use(await refreshed(repaired));
    });

    it('gives it again as often as it gets lost', async () => {
      const first = await registered(test);
      const lost = [await refreshed(first)];
      for (let hour = 0; hour < 5; hour++) {
        test.clock.advance({ hours: 4 });
        lost.push(await refreshed(first));
      }

      expect(new Set(lost.map(({ refreshToken }) => refreshToken)).size).toBe(1);
    });

    it('is not misled by the old access token, which the client still uses meanwhile', async () => {
      const first = await registered(test);
      const lost = await refreshed(first);
      test.clock.advance({ minutes: 2 });
      await use(first);

      expect((await refreshed(first)).refreshToken).toBe(lost.refreshToken);
    });

    it('gives no longer life than the lost answer would have', async () => {
      const first = await registered(test);
      await refreshed(first);
      test.clock.advance({ hours: 12 });

      expect((await refreshed(first)).refreshExpiresIn).toBe(604800 - 12 * 3600);
    });

    it('ends the session when more than 24 h have passed', async () => {
      const first = await registered(test);
      const lost = await refreshed(first);
      test.clock.advance({ hours: 24, seconds: 1 });

      expectProblem(await refresh(first), 401, 'sessions.refresh_token_reused');
      expectProblem(await refresh(lost), 401, 'sessions.ended');
      expect(await row(first)).toMatchObject({ endReason: 'refresh_token_reused', endedAt: test.clock.now() });
    });
  });

  describe('with the token of before, when its successor is in use', () => {
    it('gives the same token again for 30 s: both requests were under way', async () => {
      const first = await registered(test);
      const second = await refreshed(first);
      await use(second);
      test.clock.advance({ seconds: 30 });

      expect((await refreshed(first)).refreshToken).toBe(second.refreshToken);
      await use(second);
    });

    it('ends the session when the successor was seen in an access token', async () => {
      const first = await registered(test);
      const second = await refreshed(first);
      await use(second);
      test.clock.advance({ seconds: 31 });

      expectProblem(await refresh(first), 401, 'sessions.refresh_token_reused');
      await expectEndedAsReused(second);
    });

    it('ends the session for the thief as well, when the owner comes second', async () => {
      const stolen = await registered(test);
      const thief = await refreshed(stolen);
      await use(thief);
      test.clock.advance({ minutes: 5 });

      expectProblem(await refresh(stolen), 401, 'sessions.refresh_token_reused');
      await expectEndedAsReused(thief);
    });

    it('ends no other session of the user', async () => {
      const first = await registered(test, { username: 'TwoPhones' });
      const other = (
        await test.client.post<TokensDto>('/api/v1/auth/login', { username: 'TwoPhones', password: 'Blue-Kettle7' })
      ).body;
      await refreshed(await refreshed(first));

      expectProblem(await refresh(first), 401, 'sessions.refresh_token_reused');
      await use(other);
      await use(await refreshed(other));
    });
  });

  describe('with an older token', () => {
    it('ends the session when the successor was seen in a refresh, even in the same second', async () => {
      const first = await registered(test);
      const third = await refreshed(await refreshed(first));

      expectProblem(await refresh(first), 401, 'sessions.refresh_token_reused');
      await expectEndedAsReused(third);
    });

    it('says reused once, and ended from then on', async () => {
      const first = await registered(test);
      const second = await refreshed(first);
      await refreshed(second);

      expectProblem(await refresh(first), 401, 'sessions.refresh_token_reused');
      for (const tokens of [first, second]) expectProblem(await refresh(tokens), 401, 'sessions.ended');
    });
  });
});
