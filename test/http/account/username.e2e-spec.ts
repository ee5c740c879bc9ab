import { auditEvents } from '../../support/account-rows.js';
import { OwnAccount } from '../../support/accounts.js';
import { outcomes } from '../../support/outcome.js';
import { login, PASSWORD, registered } from '../../support/password-users.js';
import { expectProblem } from '../../support/problems.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { loginWithWechat } from '../../support/wechat-phone.js';

describe('POST /api/v1/users/me/username', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());

  const wechatUser = async (name: string) => {
    const tokens = (await loginWithWechat(test, name)).body;
    return { ...tokens, account: new OwnAccount(test, tokens) };
  };

  it('gives a WeChat user a password login to the same account', async () => {
    const { account, user } = await wechatUser('choosing');

    expect((await account.chooseUsername({ username: 'Choosing01', password: PASSWORD })).status).toBe(204);

    const { body } = await login(test, { username: 'CHOOSING01' });
    expect(body.user).toMatchObject({ id: user.id, username: 'Choosing01' });
    expect((await auditEvents(test, 'username.set')).map(({ userId }) => userId)).toContain(user.id);
  });

  it('shows it among the ways to log in, which say no more than that they are there', async () => {
    const { account } = await wechatUser('showing');
    const boundAt = test.clock.now().toISOString();
    const wechat = [{ appId: 'wx0000000000000001', boundAt }];
    expect(await account.credentials()).toEqual({ password: false, wechat, phone: false });

    await account.chooseUsername({ username: 'Showing01', password: PASSWORD });

    expect(await account.credentials()).toEqual({ password: true, wechat, phone: false });
  });

  it('sets a username once', async () => {
    const account = new OwnAccount(test, await registered(test));

    const answer = await account.chooseUsername({ username: 'Another01', password: PASSWORD });

    expectProblem(answer, 409, 'users.username_already_set');
  });

  it('refuses a name that somebody has, without regard to case, and a weak password', async () => {
    await registered(test, { username: 'Taken01' });
    const { account } = await wechatUser('late');

    expectProblem(
      await account.chooseUsername({ username: 'tAKEN01', password: PASSWORD }),
      409,
      'users.username_taken',
    );
    expectProblem(
      await account.chooseUsername({ username: 'Late01', password: 'weak' }),
      400,
      'users.password_too_weak',
    );
    expectProblem(await account.chooseUsername({ username: 'no spaces', password: PASSWORD }), 400, 'request.invalid');
  });

  it('gives one name to one of many who want it at once, and one user one name', async () => {
    const crowd = await Promise.all(Array.from({ length: 20 }, (_, n) => wechatUser(`crowd-${n}`)));
    const same = crowd.map(({ account }) => account.chooseUsername({ username: 'Crowd01', password: PASSWORD }));
    expect(outcomes(await Promise.all(same))).toEqual({ 204: 1, '409 users.username_taken': 19 });

    const { account } = await wechatUser('undecided');
    const names = Array.from({ length: 20 }, (_, n) => `Undecided${n}`);
    const own = names.map((username) => account.chooseUsername({ username, password: PASSWORD }));
    expect(outcomes(await Promise.all(own))).toEqual({ 204: 1, '409 users.username_already_set': 19 });
  });
});
