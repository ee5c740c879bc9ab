import { whoAmI } from '../support/caller.js';
import { outcomes } from '../support/outcome.js';
import { freshUsername, PASSWORD, registered, WRONG_PASSWORD } from '../support/password-users.js';
import { expectProblem } from '../support/problems.js';
import { sessionRow } from '../support/session-rows.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { cookieOf, WebPage } from '../support/web/web-page.js';

describe('a session of the web page', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ TRUSTED_PROXIES: '127.0.0.1' });
  });
  afterAll(() => test?.close());

  const open = async (): Promise<{ page: WebPage; accessToken: string; sessionId: string }> => {
    const page = new WebPage(test.client);
    const { body } = await page.send('register', { username: freshUsername(), password: PASSWORD });
    return { page, ...body };
  };

  describe('POST /api/v1/auth/web/register and /login', () => {
    it.each([
      ['register', 201, () => ({ username: freshUsername(), password: PASSWORD })],
      ['login', 200, async () => ({ username: (await registered(test)).user.username, password: PASSWORD })],
    ])('%s answers %i with everything but the refresh token, which is in the cookie', async (door, status, make) => {
      const answer = await new WebPage(test.client).send(door, await make());
      const { name, value, attributes } = cookieOf(answer);

      expect(answer.status).toBe(status);
      expect(Object.keys(answer.body).sort()).toEqual(
        ['accessToken', 'expiresIn', 'isNewUser', 'refreshExpiresIn', 'sessionId', 'tokenType', 'user'].sort(),
      );
      expect(answer.text).not.toContain('wxr1_');
      expect([name, value]).toEqual(['wxlogin-refresh', expect.stringMatching(/^wxr1_[\w-]+$/)]);
      expect(attributes).toEqual(['HttpOnly', 'Max-Age=604800', 'Path=/api/v1/auth/web', 'SameSite=Strict']);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    });

    it('marks the cookie Secure, in its name too, wherever the browser came by TLS', async () => {
      const headers = { 'x-forwarded-proto': 'https', 'sec-fetch-site': 'same-origin', 'x-wx-login-web': '1' };
      const page = new WebPage(test.client, headers);
      const { name, attributes } = cookieOf(
        await page.send('register', { username: freshUsername(), password: PASSWORD }),
      );

      expect(name).toBe('__Secure-wxlogin-refresh');
      expect(attributes).toContain('Secure');
      expect((await page.send('refresh')).status).toBe(200);
    });

    it('refuses as the other doors do, and sets no cookie', async () => {
      const page = new WebPage(test.client);
      const username = freshUsername();
      await registered(test, { username });

      expectProblem(await page.refuse('register', { username, password: PASSWORD }), 409, 'users.username_taken');
      expectProblem(await page.refuse('register', { username: 'x', password: PASSWORD }), 400, 'request.invalid');
      expectProblem(
        await page.refuse('register', { username: freshUsername(), password: 'weak' }),
        ...([400, 'users.password_too_weak'] as const),
      );
      expectProblem(
        await page.refuse('login', { username, password: WRONG_PASSWORD }),
        ...([401, 'auth.invalid_credentials'] as const),
      );
      expect(page.cookie).toBe('');
    });
  });

  describe('POST /api/v1/auth/web/refresh', () => {
    it('goes on with the same session, in the cookie and in the access token', async () => {
      const { page, sessionId } = await open();
      const before = page.cookie;
      const { status, body, text } = await page.send('refresh');

      expect([status, body.sessionId, body.isNewUser]).toEqual([200, sessionId, false]);
      expect((await whoAmI(test, body.accessToken)).status).toBe(200);
      expect(page.cookie).not.toBe(before);
      expect(text).not.toContain('wxr1_');
    });

    it('gives many tabs that ask at once one and the same cookie', async () => {
      const { page } = await open();
      const tabs = Array.from({ length: 200 }, () => page.tab());
      const answers = await Promise.all(tabs.map((tab) => tab.send('refresh')));

      expect(outcomes(answers)).toEqual({ '200': 200 });
      expect(new Set(tabs.map(({ cookie }) => cookie)).size).toBe(1);
      expect((await tabs[0]!.send('refresh')).status).toBe(200);
    });

    it('loses nobody when the answer is lost with the page that is reloaded', async () => {
      const { page } = await open();
      await page.tab().send('refresh');

      expect((await page.send('refresh')).status).toBe(200);
    });

    it('takes the cookie away once the session is over', async () => {
      const { page, accessToken, sessionId } = await open();
      await test.client.delete(`/api/v1/sessions/${sessionId}`, { token: accessToken });

      expectProblem(await page.refuse('refresh'), 401, 'sessions.ended');
      expect(page.cookie).toBe('');
      expectProblem(await page.refuse('refresh'), 401, 'sessions.refresh_token_invalid');
    });

    it('ends the session when a cookie is used again that newer ones have replaced', async () => {
      const { page } = await open();
      const thief = page.tab();
      for (let times = 0; times < 2; times++) await whoAmI(test, (await page.send('refresh')).body.accessToken);

      expectProblem(await thief.refuse('refresh'), 401, 'sessions.refresh_token_reused');
      expectProblem(await page.refuse('refresh'), 401, 'sessions.ended');
    });

    it('believes neither of two cookies: one was planted from a neighbouring domain', async () => {
      const [{ page: ours }, { page: planted }] = [await open(), await open()];
      const victim = Object.assign(ours.tab(), { cookie: `${planted.cookie}; ${ours.cookie}` });

      expectProblem(await victim.refuse('refresh'), 401, 'sessions.refresh_token_invalid');
    });

    it('takes no refresh token but the one in the cookie', async () => {
      const { refreshToken } = await registered(test);

      expectProblem(
        await new WebPage(test.client).refuse('refresh', { refreshToken }),
        ...([401, 'sessions.refresh_token_invalid'] as const),
      );
    });
  });

  describe('POST /api/v1/auth/web/logout', () => {
    it('ends the session and takes the cookie away', async () => {
      const { page, accessToken, sessionId } = await open();
      const stale = page.tab();
      const { status, text } = await page.send('logout', undefined, accessToken);

      expect([status, text, page.cookie]).toEqual([204, '', '']);
      expect(await sessionRow(test.dataSource, sessionId)).toMatchObject({ endReason: 'logout' });
      expectProblem(await whoAmI(test, accessToken), 401, 'sessions.ended');
      expectProblem(await stale.refuse('refresh'), 401, 'sessions.ended');
    });

    it('needs a caller: the cookie alone logs nobody out', async () => {
      const { page } = await open();

      expectProblem(await page.refuse('logout'), 401, 'auth.access_token_missing');
      expect((await page.send('refresh')).status).toBe(200);
    });
  });
});
