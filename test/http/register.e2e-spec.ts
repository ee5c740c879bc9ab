import type { ProblemDetails } from '../../src/platform/errors/problem-details.dto.js';
import { whoAmI } from '../support/caller.js';
import { outcome } from '../support/outcome.js';
import { freshUsername, login, PASSWORD, register, registered } from '../support/password-users.js';
import { expectProblem } from '../support/problems.js';
import { storedRows } from '../support/stored-rows.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('registering', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());

  const available = async (username: string) => {
    const path = `/api/v1/auth/username-available?username=${encodeURIComponent(username)}`;
    return (await test.client.get<{ available: boolean }>(path)).body;
  };

  describe('POST /api/v1/auth/register', () => {
    it('makes the user and logs them in', async () => {
      const answer = await register(test, { username: 'Alice01', email: 'Alice.One@Example.com' });

      expect(answer.status).toBe(201);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.body).toEqual({
        accessToken: expect.stringMatching(/^eyJ/),
        tokenType: 'Bearer',
        expiresIn: expect.any(Number),
        refreshToken: expect.stringMatching(/^wxr1_/),
        refreshExpiresIn: 604800,
        sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        isNewUser: true,
        user: {
          id: expect.stringMatching(/^\d+$/),
          username: 'Alice01',
          nickname: null,
          avatarUrl: null,
          email: 'alice.one@example.com',
          phone: null,
          role: 'user',
          createdAt: test.clock.now().toISOString(),
        },
      });
      expect((await whoAmI(test, answer.body.accessToken)).body).toEqual(answer.body.user);
    });

    it('keeps the username as typed and finds it in any letter case', async () => {
      const username = 'MixedCase7';
      const { user } = await registered(test, { username });

      const answer = await login(test, { username: 'mIXEDcASE7' });

      expect(user.username).toBe(username);
      expect(answer.body.user).toEqual(user);
    });

    it.each(['TakenName', 'takenname', 'TAKENNAME'])('refuses a taken username, here typed %s', async (username) => {
      await register(test, { username: 'TakenName' });
      const before = await storedRows(test.dataSource);

      expectProblem(await register(test, { username }), 409, 'users.username_taken');
      expect(await storedRows(test.dataSource)).toEqual(before);
    });

    it('refuses a taken e-mail address in any letter case, and leaves the username free', async () => {
      const username = freshUsername();
      await registered(test, { email: 'taken@example.com' });

      expectProblem(await register(test, { username, email: 'TAKEN@Example.com' }), 409, 'users.email_taken');
      expect(await available(username)).toEqual({ available: true });
    });

    it('lets any number of people have no e-mail address', async () => {
      const answers = [await register(test), await register(test, { email: null })];

      expect(answers.map(outcome)).toEqual(['201', '201']);
      expect(answers.map(({ body }) => body.user.email)).toEqual([null, null]);
    });

    it.each([
      ['tooShort', 'Kett-Le'],
      ['noUpperCase', 'blue-kettle7'],
      ['noLowerCase', 'BLUE-KETTLE7'],
      ['noSpecialCharacter', 'BlueKettle77'],
      ['common', 'P@$$w0rd2024'],
    ])('names the broken rule %s and makes nobody', async (code, password) => {
      const before = await storedRows(test.dataSource);

      const answer = await register(test, { password });

      expectProblem(answer, 400, 'users.password_too_weak');
      const { errors } = answer.body as unknown as ProblemDetails;
      expect(errors).toEqual([{ field: 'password', code, message: expect.stringMatching(/密码/) }]);
      expect(await storedRows(test.dataSource)).toEqual(before);
    });

    it('names every broken rule at once, the username as the password among them', async () => {
      const answer = await register(test, { username: 'Zw7', password: 'zw7' });

      const { errors } = answer.body as unknown as ProblemDetails;
      expect(errors?.map(({ code }) => code)).toEqual([
        ...['tooShort', 'noUpperCase', 'noSpecialCharacter', 'sameAsUsername'],
      ]);
    });

    it('judges the password before it says whether the username is taken', async () => {
      const { user } = await registered(test);

      expectProblem(
        await register(test, { username: user.username, password: 'kettle' }),
        400,
        'users.password_too_weak',
      );
    });

    it('keeps no password and no refresh token, only hashes of them', async () => {
      const { refreshToken, user } = await registered(test, { password: 'Stored-Nowhere7' });

      const stored = await test.dataSource.query<object[]>(
        'SELECT u.*, s.* FROM users u JOIN sessions s ON s.user_id = u.id WHERE u.id = ?',
        [user.id],
      );
      const text = JSON.stringify(stored, (_, value: unknown) =>
        Buffer.isBuffer(value) ? value.toString('latin1') : value,
      );
      expect(text).toContain('$2b$');
      expect(text).not.toContain('Stored-Nowhere7');
      expect(text).not.toContain(refreshToken);
    });
  });

  describe('GET /api/v1/auth/username-available', () => {
    it('says yes before somebody took the username and no from then on, in any letter case', async () => {
      expect(await available('FreeUntilNow')).toEqual({ available: true });
      await registered(test, { username: 'FreeUntilNow' });

      expect(await available('FreeUntilNow')).toEqual({ available: false });
      expect(await available('freeuntilnow')).toEqual({ available: false });
    });

    it.each(['', 'ab', 'a'.repeat(21), 'with space', 'user_name', '用户名', 'ａｌｉｃｅ'])(
      'refuses "%s", which can be nobody’s username',
      async (username) => {
        const path = `/api/v1/auth/username-available?username=${encodeURIComponent(username)}`;
        expectProblem(await test.client.get(path), 400, 'request.invalid');
      },
    );

    it('refuses two usernames in one question', async () => {
      const path = '/api/v1/auth/username-available?username=alice&username=bob';
      expectProblem(await test.client.get(path), 400, 'request.invalid');
    });

    it('agrees with what registering says about the rules', async () => {
      const answer = await register(test, { username: 'user_name', password: PASSWORD });

      expectProblem(answer, 400, 'request.invalid');
      expect((answer.body as unknown as ProblemDetails).errors).toEqual([
        { field: 'username', code: 'isUsername', message: '用户名为 3–20 位字母或数字' },
      ]);
    });
  });
});
