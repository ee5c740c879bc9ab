import { Admin } from '../../support/admins.js';
import { whoAmI } from '../../support/caller.js';
import { login, registered } from '../../support/password-users.js';
import { expectProblem } from '../../support/problems.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';

describe('PUT /api/v1/admin/users/:id/role', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  beforeEach(() => test.dataSource.query(`UPDATE users SET role = 'user'`));
  afterAll(() => test?.close());

  it('makes an admin, who is one from the next login on', async () => {
    const admin = await Admin.start(test);
    const { user, accessToken } = await registered(test, { username: 'Riser01' });

    expect((await admin.changeRole<{ role: string }>(user.id, 'admin')).body.role).toBe('admin');

    expectProblem(await whoAmI(test, accessToken), 401, 'sessions.ended');
    const { accessToken: token } = (await login(test, { username: 'Riser01' })).body;
    expect((await test.client.get('/api/v1/admin/users', { token })).status).toBe(200);
    expect(await admin.events({ userId: user.id, type: 'user.role_changed' })).toMatchObject([
      { actorId: admin.id, detail: { role: 'admin' } },
    ]);
  });

  it('takes the role away at once: the access token that says admin is refused', async () => {
    const [admin, other] = [await Admin.start(test), await Admin.start(test)];

    await admin.changeRole(other.id, 'user');

    expectProblem(await other.ask('GET', '/users'), 401, 'sessions.ended');
  });

  it('leaves the sessions of somebody who has the role already', async () => {
    const admin = await Admin.start(test);
    const { user, accessToken } = await registered(test);

    expect((await admin.changeRole(user.id, 'user')).status).toBe(200);

    expect((await whoAmI(test, accessToken)).status).toBe(200);
    expect(await admin.events({ userId: user.id, type: 'user.role_changed' })).toEqual([]);
  });

  it('is refused for oneself, for nobody, and for a role there is not', async () => {
    const admin = await Admin.start(test);
    await Admin.start(test);

    expectProblem(await admin.changeRole(admin.id, 'user'), 409, 'admin.own_account');
    expectProblem(await admin.changeRole('999999999', 'user'), 404, 'users.not_found');
    expectProblem(await admin.changeRole(admin.id, 'root'), 400, 'request.invalid');
  });

  it('leaves an admin when all of them act on each other at the same moment', async () => {
    const admins: Admin[] = [];
    for (let i = 0; i < 8; i++) admins.push(await Admin.start(test));

    const pairs = admins.flatMap((by) => admins.filter((of) => of !== by).map((of) => ({ by, of })));
    const answers = await Promise.all(
      pairs.map(({ by, of }, i) => (i % 2 ? by.ban(of.id) : by.changeRole(of.id, 'user'))),
    );

    const sql = `SELECT COUNT(*) AS n FROM users WHERE role = 'admin' AND banned_until IS NULL`;
    const [{ n }] = await test.dataSource.query<[{ n: number | string }]>(sql);
    expect(Number(n)).toBe(1);
    expect(answers.filter(({ status }) => ![200, 401, 403].includes(status))).toEqual([]);
  });
});
