import { auditEvents, countRows } from '../../support/account-rows.js';
import { OwnAccount } from '../../support/accounts.js';
import { Admin } from '../../support/admins.js';
import { whoAmI } from '../../support/caller.js';
import { outcomes } from '../../support/outcome.js';
import { login, PASSWORD, registered, WRONG_PASSWORD } from '../../support/password-users.js';
import { expectProblem } from '../../support/problems.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { loginWithWechat } from '../../support/wechat-phone.js';

describe('DELETE /api/v1/users/me', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());

  const newcomer = async (fields: object = {}) => {
    const tokens = await registered(test, fields);
    return { ...tokens, account: new OwnAccount(test, tokens) };
  };
  const rowsOf = (userId: string) =>
    Promise.all(
      ['wechat_accounts', 'sessions', 'wechat_unions'].map((table) => countRows(test, table, 'user_id = ?', [userId])),
    );

  it('erases the account and ends every session at once', async () => {
    const mine = await newcomer({ username: 'Leaver01' });
    const other = (await login(test, { username: 'Leaver01' })).body;

    expect((await mine.account.close()).status).toBe(204);

    for (const tokens of [mine, other]) {
      expectProblem(await whoAmI(test, tokens.accessToken), 401, 'sessions.ended');
      expect((await test.client.refresh(tokens.refreshToken)).status).toBe(401);
    }
    expect(await countRows(test, 'users', 'id = ?', [mine.user.id])).toBe(0);
    expect(await rowsOf(mine.user.id)).toEqual([0, 0, 0]);
    expectProblem(await login(test, { username: 'Leaver01' }), 401, 'auth.invalid_credentials');
  });

  it('makes a new account of somebody who comes back, under another number', async () => {
    const first = (await loginWithWechat(test, 'coming-back')).body;
    await new OwnAccount(test, first).close();

    const again = (await loginWithWechat(test, 'coming-back')).body;

    expect(again.isNewUser).toBe(true);
    expect(again.user.id).not.toBe(first.user.id);
  });

  it('frees the username, and never uses the number again', async () => {
    const ids = new Set<string>();
    for (let round = 0; round < 5; round++) {
      const { user, account } = await newcomer({ username: 'Again01' });
      ids.add(user.id);
      await account.close();
    }

    expect(ids.size).toBe(5);
  });

  it('needs a recent login or the password', async () => {
    const { refreshToken } = await newcomer({ username: 'Leaver02' });
    test.clock.advance({ minutes: 16 });
    const account = new OwnAccount(test, (await test.client.refresh(refreshToken)).body);

    expectProblem(await account.close(), 403, 'auth.reauthentication_required');
    expectProblem(await account.close({ password: null }), 403, 'auth.reauthentication_required');
    expectProblem(await account.close({ password: WRONG_PASSWORD }), 401, 'auth.invalid_credentials');
    expect((await account.close({ password: PASSWORD })).status).toBe(204);
  });

  it('forgets how often somebody guessed at the account', async () => {
    const { account } = await newcomer({ username: 'Guessed01' });
    const before = await countRows(test, 'attempt_counters');
    await login(test, { username: 'Guessed01', password: WRONG_PASSWORD });
    expect(await countRows(test, 'attempt_counters')).toBeGreaterThanOrEqual(before + 1);

    await account.close();

    expect(await countRows(test, 'attempt_counters')).toBeLessThanOrEqual(before + 1); // of the network
  });

  it('leaves of the audit trail only what happened to a number, and when', async () => {
    const { user, account } = await newcomer();
    await account.reauthenticate({ password: PASSWORD });
    await account.close();

    const sql = `SELECT type, session_id, ip_address, user_agent, detail FROM audit_events WHERE user_id = ? ORDER BY id`;
    const rows = await test.dataSource.query<Record<string, unknown>[]>(sql, [user.id]);
    const empty = { session_id: null, ip_address: null, user_agent: null };
    expect(rows).toMatchObject([
      { type: 'register', ...empty, detail: null },
      { type: 'reauthentication', ...empty, detail: null },
      { type: 'user.erased', ...empty },
    ]);
    expect((await auditEvents(test, 'user.erased')).at(-1)).toMatchObject({
      userId: user.id,
      detail: { method: 'user' },
    });
  });

  it('happens once, however often it is asked for at the same moment', async () => {
    const { account, user } = await newcomer();

    const answers = await Promise.all(Array.from({ length: 50 }, () => account.close()));

    const { 204: done, ...refused } = outcomes(answers);
    expect(done).toBe(1);
    const known = ['401 sessions.ended', '404 users.not_found'];
    expect(Object.keys(refused).filter((name) => !known.includes(name))).toEqual([]);
    expect(await countRows(test, 'audit_events', "type = 'user.erased' AND user_id = ?", [user.id])).toBe(1);
  });

  it('takes along what was merged into the account', async () => {
    const admin = await Admin.start(test);
    const [from, into] = [await newcomer(), (await loginWithWechat(test, 'merging')).body];
    await admin.ask('POST', `/users/${from.user.id}/merge`, { into: into.user.id });

    expect((await from.account.close()).status).toBe(204);

    for (const { user } of [from, into]) expect(await countRows(test, 'users', 'id = ?', [user.id])).toBe(0);
    expectProblem(await whoAmI(test, into.accessToken), 401, 'sessions.ended');
    const sql = 'user_id IN (?, ?) AND (session_id IS NOT NULL OR ip_address IS NOT NULL) AND actor_id IS NULL';
    expect(await countRows(test, 'audit_events', sql, [from.user.id, into.user.id])).toBe(0);
  });

  it('is refused to the last admin, and open to any other', async () => {
    await test.dataSource.query("UPDATE users SET role = 'user' WHERE role = 'admin'");
    const admin = await Admin.start(test);
    const account = new OwnAccount(test, admin.tokens);

    expectProblem(await account.close(), 409, 'admin.last_admin');
    await Admin.start(test);
    expect((await account.close()).status).toBe(204);
  });

  it('is open to an admin for others, who leave a trace of it, and not for themselves', async () => {
    const [admin, { user, accessToken }] = [await Admin.start(test), await newcomer()];

    expectProblem(await admin.ask('DELETE', `/users/${admin.id}`), 409, 'admin.own_account');
    expect((await admin.ask('DELETE', `/users/${user.id}`)).status).toBe(204);
    expectProblem(await admin.ask('DELETE', `/users/${user.id}`), 404, 'users.not_found');

    expectProblem(await whoAmI(test, accessToken), 401, 'sessions.ended');
    expect(await admin.events({ userId: user.id, type: 'user.erased' })).toMatchObject([
      { actorId: admin.id, detail: { method: 'admin' } },
    ]);
  });
});
