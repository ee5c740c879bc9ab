import type { TokensDto } from '../../../src/auth/dto/tokens.dto.js';
import { PasswordHasher } from '../../../src/users/passwords/password-hasher.js';
import { auditEvents } from '../../support/account-rows.js';
import { OwnAccount } from '../../support/accounts.js';
import { whoAmI } from '../../support/caller.js';
import { outcomes } from '../../support/outcome.js';
import { login, PASSWORD, registered, WRONG_PASSWORD } from '../../support/password-users.js';
import { expectProblem } from '../../support/problems.js';
import { sessionRow } from '../../support/session-rows.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { loginWithWechat } from '../../support/wechat-phone.js';

const NEW_PASSWORD = 'Amber-Kettle9';
const WISH = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };

describe('PUT /api/v1/users/me/password', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());

  const accountOf = (tokens: TokensDto) => new OwnAccount(test, tokens);

  it('changes the password: the new one logs in, the old one no longer', async () => {
    await registered(test, { username: 'Changing01' });
    test.clock.advance({ hours: 1 });
    const { body } = await login(test, { username: 'Changing01' });

    expect((await accountOf(body).changePassword(WISH)).status).toBe(204);

    expect((await login(test, { username: 'Changing01', password: NEW_PASSWORD })).status).toBe(200);
    expectProblem(await login(test, { username: 'Changing01' }), 401, 'auth.invalid_credentials');
  });

  it('ends the other sessions at once with the reason, and not the one that asks', async () => {
    const mine = await registered(test, { username: 'Changing02' });
    const others = [await login(test, { username: 'Changing02' }), await login(test, { username: 'Changing02' })];

    await accountOf(mine).changePassword(WISH);

    for (const { body: other } of others) {
      expectProblem(await whoAmI(test, other.accessToken), 401, 'sessions.ended');
      expectProblem(await test.client.refresh(other.refreshToken), 401, 'sessions.ended');
      expect((await sessionRow(test.dataSource, other.sessionId)).endReason).toBe('password_changed');
    }
    expect((await whoAmI(test, mine.accessToken)).status).toBe(200);
    expect((await test.client.refresh(mine.refreshToken)).status).toBe(200);
  });

  it('lets nobody in whose old password was right a moment before', async () => {
    const mine = await registered(test, { username: 'Changing03' });
    const hasher = test.app.get(PasswordHasher);
    const verify = hasher.verify.bind(hasher);
    const spy = jest.spyOn(hasher, 'verify').mockImplementationOnce(async (...proof) => {
      const isRight = await verify(...proof);
      test.clock.advance({ seconds: 1 });
      expect((await accountOf(mine).changePassword(WISH)).status).toBe(204);
      return isRight;
    });

    const late = await login(test, { username: 'Changing03' });
    spy.mockRestore();

    expectProblem(late, 401, 'auth.invalid_credentials');
    expect((await login(test, { username: 'Changing03', password: NEW_PASSWORD })).status).toBe(200);
  });

  it('needs the current password from whoever has one, however recent the login', async () => {
    const account = accountOf(await registered(test));

    const missing = await account.changePassword({ newPassword: NEW_PASSWORD });
    expectProblem(missing, 400, 'request.invalid');
    expect(missing.body.errors).toMatchObject([{ field: 'currentPassword' }]);
    const wrong = await account.changePassword({ ...WISH, currentPassword: WRONG_PASSWORD });
    expectProblem(wrong, 401, 'auth.invalid_credentials');
  });

  it('counts wrong current passwords as failed logins', async () => {
    const account = accountOf(await registered(test));
    const wish = { ...WISH, currentPassword: WRONG_PASSWORD };

    const answers = await Promise.all(Array.from({ length: 200 }, () => account.changePassword(wish)));

    expect(outcomes(answers)['401 auth.invalid_credentials']).toBeLessThanOrEqual(10);
    expectProblem(await account.changePassword(WISH), 429, 'auth.too_many_attempts');
  });

  it('holds the new password to the rules of registration, at its own field', async () => {
    const account = accountOf(await registered(test, { username: 'Changing05' }));

    const weak = await account.changePassword({ ...WISH, newPassword: 'weak' });

    expectProblem(weak, 400, 'users.password_too_weak');
    expect(new Set(weak.body.errors?.map(({ field }) => field))).toEqual(new Set(['newPassword']));
  });

  it('refuses a user without a username, who has nothing to log in with beside it', async () => {
    const account = accountOf((await loginWithWechat(test, 'nameless')).body);

    expectProblem(await account.changePassword({ newPassword: NEW_PASSWORD }), 409, 'users.username_missing');
  });

  it('lets one of 200 changes at once win, and the account keeps exactly that password', async () => {
    const { accessToken } = await registered(test, { username: 'Changing06' });
    const account = accountOf({ accessToken } as TokensDto);
    const passwords = Array.from({ length: 200 }, (_, n) => `Crowd-Kettle${n}`);

    const change = (newPassword: string) => account.changePassword({ ...WISH, newPassword });
    const answers = await Promise.all(passwords.map(change));

    const winners = passwords.filter((_, n) => answers[n]!.status === 204);
    expect(winners).toHaveLength(1);
    expect(outcomes(answers)['500 internal']).toBeUndefined();
    expect((await login(test, { username: 'Changing06', password: winners[0] })).status).toBe(200);
  });

  it('tells the audit trail who changed it, in the transaction of the change', async () => {
    const { user, ...tokens } = await registered(test);
    await accountOf({ user, ...tokens }).changePassword(WISH);

    const events = (await auditEvents(test, 'password.changed')).filter(({ userId }) => userId === user.id);
    expect(events).toEqual([{ userId: user.id, outcome: 'ok', detail: null }]);
  });
});
