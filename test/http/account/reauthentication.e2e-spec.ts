import { auditEvents } from '../../support/account-rows.js';
import { OwnAccount } from '../../support/accounts.js';
import { outcome, outcomes } from '../../support/outcome.js';
import { PASSWORD, registered, WRONG_PASSWORD } from '../../support/password-users.js';
import { expectProblem } from '../../support/problems.js';
import { sessionRow } from '../../support/session-rows.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { loginWithWechat } from '../../support/wechat-phone.js';

const USERNAME = { username: 'Chosen01', password: PASSWORD };

describe('POST /api/v1/auth/reauthenticate', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ RECENT_LOGIN_SECONDS: '600' });
  });
  afterAll(() => test?.close());

  /** Somebody who came through WeChat, and whose login is no longer recent. */
  const wechatUser = async (name: string) => {
    const tokens = (await loginWithWechat(test, name)).body;
    test.clock.advance({ minutes: 10, seconds: 1 });
    return { tokens, account: new OwnAccount(test, tokens) };
  };

  it('makes the login recent by a code of the caller’s own WeChat account', async () => {
    const { account, tokens } = await wechatUser('renewing');
    expectProblem(await account.chooseUsername(USERNAME), 403, 'auth.reauthentication_required');

    const answer = await account.reauthenticate({ code: await test.wechat.code('renewing') });

    expect(answer.status).toBe(204);
    expect((await account.chooseUsername(USERNAME)).status).toBe(204);
    const { authenticatedAt } = await sessionRow(test.dataSource, tokens.sessionId);
    expect(authenticatedAt).toEqual(test.clock.now());
  });

  it('asks for it again once the login is too long ago, and not because of a refresh', async () => {
    const tokens = (await loginWithWechat(test, 'long-ago')).body;
    test.clock.advance({ minutes: 9, seconds: 59 });
    const { body: refreshed } = await test.client.refresh(tokens.refreshToken);
    test.clock.advance({ seconds: 2 });

    const account = new OwnAccount(test, refreshed);

    expectProblem(await account.chooseUsername({ ...USERNAME }), 403, 'auth.reauthentication_required');
  });

  it('renews the session that asks, and no other of the same user', async () => {
    const { account } = await wechatUser('two-phones');
    const other = await wechatUser('two-phones');
    await account.reauthenticate({ code: await test.wechat.code('two-phones') });

    expectProblem(await other.account.chooseUsername(USERNAME), 403, 'auth.reauthentication_required');
  });

  it('takes the password, and refuses a wrong one', async () => {
    const account = new OwnAccount(test, await registered(test));

    expect((await account.reauthenticate({ password: PASSWORD })).status).toBe(204);
    expectProblem(await account.reauthenticate({ password: WRONG_PASSWORD }), 401, 'auth.invalid_credentials');
  });

  it('refuses the code of somebody else’s WeChat account, and of one that nobody has', async () => {
    await loginWithWechat(test, 'somebody-else');
    const { account } = await wechatUser('only-me');

    for (const other of ['somebody-else', 'nobody-yet'])
      expectProblem(
        await account.reauthenticate({ code: await test.wechat.code(other) }),
        401,
        'auth.invalid_credentials',
      );
    expectProblem(await account.reauthenticate({ code: 'made-up' }), 401, 'wechat.login_code_invalid');
    expectProblem(await account.chooseUsername(USERNAME), 403, 'auth.reauthentication_required');
  });

  it('refuses a password to somebody who has none', async () => {
    const { account } = await wechatUser('no-password');

    expectProblem(await account.reauthenticate({ password: PASSWORD }), 401, 'auth.invalid_credentials');
  });

  it.each([{}, { password: null }, { code: null, password: null }, { password: 7 }, { code: ['x'] }, { appId: 'wx' }])(
    'refuses %j',
    async (body) => {
      const account = new OwnAccount(test, await registered(test));

      expectProblem(await account.reauthenticate(body), 400, 'request.invalid');
    },
  );

  it('counts wrong passwords: of 200 guesses at once no more are looked at than at the login', async () => {
    const account = new OwnAccount(test, await registered(test));
    const guess = (n: number) => account.reauthenticate({ password: `${WRONG_PASSWORD}${n}` });

    const guesses = await Promise.all(Array.from({ length: 200 }, (_, n) => guess(n)));

    const counts = outcomes(guesses);
    const { '401 auth.invalid_credentials': looked = 0, '429 auth.too_many_attempts': refused = 0 } = counts;
    expect(looked + refused).toBe(200);
    expect(looked).toBeLessThanOrEqual(10); // five of the account, five of its known devices
    expect(outcome(await account.reauthenticate({ password: PASSWORD }))).toBe('429 auth.too_many_attempts');
  });

  it('tells the audit trail of both outcomes', async () => {
    const { user, ...tokens } = await registered(test);
    const account = new OwnAccount(test, tokens);
    await account.reauthenticate({ password: PASSWORD });
    await account.reauthenticate({ password: WRONG_PASSWORD });

    const events = (await auditEvents(test, 'reauthentication')).filter(({ userId }) => userId === user.id);
    expect(events.map(({ outcome: end, detail }) => [end, detail])).toEqual([
      ['ok', { method: 'password' }],
      ['refused', { method: 'password' }],
    ]);
  });
});
