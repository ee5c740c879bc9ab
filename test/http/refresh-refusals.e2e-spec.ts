import { v7 as uuidv7 } from 'uuid';
import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import type { Environment } from '../../src/platform/config/environment.js';
import { DerivedKeys } from '../../src/platform/encryption/derived-keys.js';
import { RefreshTokens } from '../../src/sessions/refresh/refresh-tokens.js';
import { User } from '../../src/users/user.entity.js';
import { whoAmI } from '../support/caller.js';
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

  const refreshed = async ({ refreshToken }: TokensDto): Promise<TokensDto> => {
    const answer = await test.client.refresh(refreshToken);
    expect(outcome(answer)).toBe('200');
    return answer.body;
  };

  describe('with a token this server did not write', () => {
    const swap = (text: string, at: number) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
    const lastOf = (alphabet: string, text: string) => {
      const bytes = Buffer.from(text.slice(5), 'base64url');
      const spellings = [...alphabet].map((letter) => text.slice(0, -1) + letter).filter((other) => other !== text);
      return spellings.find((other) => Buffer.from(other.slice(5), 'base64url').equals(bytes))!;
    };
    const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const foreign = new RefreshTokens(
      new DerivedKeys({
        APP_SECRET: 'another installation, with another secret',
        APP_SECRET_PREVIOUS: [] as string[],
      } as Environment),
    );

    it.each<[string, (tokens: TokensDto) => string]>([
      ['the session id changed', ({ refreshToken }) => swap(refreshToken, 8)],
      ['the counter changed', ({ refreshToken }) => swap(refreshToken, 5 + 26)],
      ['the MAC changed', ({ refreshToken }) => swap(refreshToken, 60)],
      ['another spelling of the same bytes', ({ refreshToken }) => lastOf(LETTERS, refreshToken)],
      ['padding added', ({ refreshToken }) => `${refreshToken}==`],
      ['a space added', ({ refreshToken }) => `${refreshToken} `],
      ['the prefix in upper case', ({ refreshToken }) => refreshToken.replace('wxr1_', 'WXR1_')],
      ['the prefix left out', ({ refreshToken }) => refreshToken.slice(5)],
      ['the end cut off', ({ refreshToken }) => refreshToken.slice(0, -1)],
      ['two of them in a row', ({ refreshToken }) => refreshToken + refreshToken],
      ['the access token', ({ accessToken }) => accessToken.slice(0, 512)],
      ['the session id alone', ({ sessionId }) => sessionId],
      ['the same content, signed by another installation', ({ sessionId }) => foreign.write({ sessionId, counter: 1 })],
      ['something else', () => 'not a token at all'],
      ['an emoji', () => '🔑'],
    ])('refuses %s, and the session lives on', async (_what, forge) => {
      const tokens = await registered(test);
      const forged = forge(tokens);
      expect(forged).not.toBe(tokens.refreshToken);

      expectProblem(await test.client.refresh(forged), 401, 'sessions.refresh_token_invalid');

      expect(await sessionRow(test.dataSource, tokens.sessionId)).toMatchObject({ generation: 1, endedAt: null });
      await refreshed(tokens);
    });

    it('refuses a genuine token of a session that is no more', async () => {
      const tokens = await registered(test);
      await test.dataSource.query('DELETE FROM sessions WHERE id = ?', [tokens.sessionId]);
      const neverWas = test.app.get(RefreshTokens).write({ sessionId: uuidv7(), counter: 1 });

      for (const token of [tokens.refreshToken, neverWas])
        expectProblem(await test.client.refresh(token), 401, 'sessions.refresh_token_invalid');
    });

    it('refuses a counter the session has not reached, without ending it', async () => {
      const tokens = await registered(test);
      const ahead = test.app.get(RefreshTokens).write({ sessionId: tokens.sessionId, counter: 2 });

      expectProblem(await test.client.refresh(ahead), 401, 'sessions.refresh_token_invalid');
      await refreshed(tokens);
    });
  });

  describe('when time is up', () => {
    it('refuses a token not used for 7 days, and takes it a second before', async () => {
      const [early, late] = [await registered(test), await registered(test)];
      test.clock.advance({ days: 7, seconds: -1 });
      await refreshed(early);
      test.clock.advance({ seconds: 1 });

      expectProblem(await test.client.refresh(late.refreshToken), 401, 'sessions.refresh_token_expired');
    });

    it('counts the 7 days anew with every refresh, but not beyond 30 days after the login', async () => {
      let tokens = await registered(test);
      const days: number[] = [];
      for (let day = 6; day <= 24; day += 6) {
        test.clock.advance({ days: 6 });
        tokens = await refreshed(tokens);
        days.push(tokens.refreshExpiresIn / 86_400);
      }
      test.clock.advance({ days: 5 });
      tokens = await refreshed(tokens);
      days.push(tokens.refreshExpiresIn / 86_400);
      expect(days).toEqual([7, 7, 7, 6, 1]);

      test.clock.advance({ days: 1 });
      expectProblem(await test.client.refresh(tokens.refreshToken), 401, 'sessions.refresh_token_expired');
    });

    it('gives no access token that outlives the session', async () => {
      let tokens = await registered(test);
      for (let day = 6; day <= 24; day += 6) {
        test.clock.advance({ days: 6 });
        tokens = await refreshed(tokens);
      }
      test.clock.advance({ days: 6, seconds: -60 });
      tokens = await refreshed(tokens);

      expect(tokens.refreshExpiresIn).toBe(60);
      expect(tokens.expiresIn).toBeGreaterThan(57);
      expect(tokens.expiresIn).toBeLessThanOrEqual(60);
      test.clock.advance({ seconds: 60 });
      expectProblem(await whoAmI(test, tokens.accessToken), 401, 'auth.access_token_expired');
    });

    it('says expired of an expired session whatever token of it comes, and takes it for no theft', async () => {
      const first = await registered(test);
      await refreshed(await refreshed(first));
      test.clock.advance({ days: 7 });

      expectProblem(await test.client.refresh(first.refreshToken), 401, 'sessions.refresh_token_expired');
      expect((await sessionRow(test.dataSource, first.sessionId)).endedAt).toBeNull();
    });
  });

  describe('when the user is banned', () => {
    const ban = (id: string, minutes: number) =>
      test.dataSource
        .getRepository(User)
        .update({ id }, { bannedUntil: new Date(test.clock.now().getTime() + minutes * 60_000) });

    it('refuses the current token and takes it again when the ban is over', async () => {
      const tokens = await registered(test);
      await ban(tokens.user.id, 60);

      expectProblem(await test.client.refresh(tokens.refreshToken), 403, 'users.banned');
      expect((await sessionRow(test.dataSource, tokens.sessionId)).generation).toBe(1);

      test.clock.advance({ hours: 1 });
      await refreshed(tokens);
    });

    it('repairs no lost answer for them', async () => {
      const tokens = await registered(test);
      await refreshed(tokens);
      await ban(tokens.user.id, 60);

      expectProblem(await test.client.refresh(tokens.refreshToken), 403, 'users.banned');
    });
  });
});
