import { UsersService } from '../../../src/users/users.service.js';
import { Admin } from '../../support/admins.js';
import { whoAmI } from '../../support/caller.js';
import { login, registered, WRONG_PASSWORD } from '../../support/password-users.js';
import { expectProblem } from '../../support/problems.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { loginWithWechat } from '../../support/wechat-phone.js';

describe('the directory of users, for admins', () => {
  let test: TestApp;
  let admin: Admin;
  beforeAll(async () => {
    test = await startTestApp();
    admin = await Admin.start(test);
  });
  afterAll(() => test?.close());

  const names = async (query: Record<string, string>) => (await admin.list(query)).items.map(({ id }) => id);

  describe('GET /api/v1/admin/users', () => {
    it('lists everybody, newest first, page by page, with the total', async () => {
      const ids = [];
      for (let i = 0; i < 5; i++) ids.push((await registered(test)).user.id);

      const first = await admin.list({ page: '1', pageSize: '2' });
      const second = await admin.list({ page: '2', pageSize: '2' });

      expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.toReversed().slice(0, 4));
      expect(first).toMatchObject({ page: 1, pageSize: 2, total: first.total });
      expect(second.total).toBe(first.total);
      expect((await admin.list()).items).toHaveLength(Math.min(first.total, 20));
      expect((await admin.list({ page: '10000', pageSize: '100' })).items).toEqual([]);
    });

    it('shows of a user what their owner sees, and the ban', async () => {
      const { user } = await registered(test, { username: 'Shown01', email: 'shown@example.com' });

      const [shown] = (await admin.list({ query: user.id })).items;

      expect(shown).toEqual({ ...user, bannedUntil: null, banReason: null });
    });

    it('finds by id, by the beginning of the username, by e-mail address', async () => {
      const one = await registered(test, { username: 'Finder01', email: 'Finder@Example.com' });
      const two = await registered(test, { username: 'finder02' });

      expect(await names({ query: one.user.id })).toContain(one.user.id);
      expect(await names({ query: 'FINDER' })).toEqual([two.user.id, one.user.id]);
      expect(await names({ query: 'finder01' })).toEqual([one.user.id]);
      expect(await names({ query: 'finder@example.com' })).toEqual([one.user.id]);
      expect(await names({ query: 'finder@example' })).toEqual([]);
    });

    it('finds by a whole phone number, as people write it, and never by a part of it', async () => {
      const { user } = await registered(test);
      await test.app.get(UsersService).setPhone(user.id, { phoneNumber: '+8613912345678' });

      for (const query of ['13912345678', '+8613912345678', '139 1234 5678', '139-1234-5678'])
        expect(await names({ query })).toEqual([user.id]);
      expect(await names({ query: '1391234567' })).toEqual([]);
      expect((await admin.list({ query: '13912345678' })).items[0]?.phone).toBe('139****5678');
    });

    it('finds by openid', async () => {
      const { user } = (await loginWithWechat(test, 'findme')).body;
      const sql = 'SELECT openid FROM wechat_accounts WHERE user_id = ?';
      const [{ openid }] = await test.dataSource.query<[{ openid: string }]>(sql, [user.id]);

      expect(await names({ query: openid })).toEqual([user.id]);
      expect(await names({ query: openid.slice(0, -1) })).toEqual([]);
    });

    it('finds a user that was merged away as the one that lives on', async () => {
      const [from, into] = [
        (await loginWithWechat(test, 'merged-1')).body,
        (await loginWithWechat(test, 'merged-2')).body,
      ];
      await admin.ask('POST', `/users/${from.user.id}/merge`, { into: into.user.id });

      expect(await names({ query: from.user.id })).toContain(into.user.id);
      expect(await names({})).not.toContain(from.user.id);
      expect((await admin.view(from.user.id)).id).toBe(into.user.id);
    });

    it('narrows by role and by ban', async () => {
      const banned = await registered(test, { username: 'Narrow01' });
      await registered(test, { username: 'Narrow02' });
      await admin.ban(banned.user.id);

      expect(await names({ role: 'admin' })).toEqual([admin.id]);
      expect(await names({ banned: 'true' })).toEqual([banned.user.id]);
      expect((await admin.list({ query: 'narrow', banned: 'false' })).items.map(({ username }) => username)).toEqual([
        'Narrow02',
      ]);
      expect((await admin.list({ query: 'narrow', role: 'admin' })).total).toBe(0);
    });

    it.each([
      ['role', 'root'],
      ['banned', 'yes'],
      ['page', '0'],
      ['page', '1e3'],
      ['page', '-1'],
      ['pageSize', '101'],
      ['query', 'x'.repeat(101)],
      ['query', '\0'],
    ])('refuses %s=%s', async (field, value) => {
      const answer = await admin.ask('GET', `/users?${field}=${encodeURIComponent(value)}`);

      expectProblem(answer, 400, 'request.invalid');
      expect(answer.body.errors?.map((error) => error.field)).toEqual([field]);
    });

    it('takes hostile text for what it is: nobody’s name', async () => {
      for (const query of ["' OR 1=1 --", '%', '_', '用户', '99999999999999999999', '`', '{'])
        expect(await admin.list({ query })).toMatchObject({ items: [], total: 0 });
    });
  });

  describe('GET /api/v1/admin/users/:id', () => {
    it('shows how somebody logs in, how often they are signed in, and when they were last seen', async () => {
      const { user, sessionId } = (await loginWithWechat(test, 'detailed')).body;
      const openedAt = test.clock.now();

      expect(await admin.view(user.id)).toEqual({
        ...JSON.parse(JSON.stringify(user)),
        ...{ bannedUntil: null, banReason: null, hasPassword: false, openSessions: 1 },
        wechat: [{ appId: 'wx0000000000000001', boundAt: openedAt.toJSON(), lastLoginAt: openedAt.toJSON() }],
        lastSeenAt: openedAt.toJSON(),
      });
      await admin.ask('DELETE', `/users/${user.id}/sessions/${sessionId}`);
      expect(await admin.view(user.id)).toMatchObject({ openSessions: 0, lastSeenAt: openedAt.toJSON() });
    });

    it('notes who looked', async () => {
      const { user } = await registered(test);
      await admin.view(user.id);

      expect(await admin.events({ type: 'admin.user_viewed', userId: user.id })).toMatchObject([
        { actorId: admin.id, userId: user.id, ipAddress: '127.0.0.1' },
      ]);
    });

    it('knows nobody by what is no id', async () => {
      for (const id of ['999999999', '0', 'x', '1%20OR%201=1', '99999999999999999999'])
        expectProblem(await admin.ask('GET', `/users/${id}`), 404, 'users.not_found');
    });
  });

  describe('POST /api/v1/admin/users/:id/unlock', () => {
    it('lets somebody in at once who has to wait after failed logins', async () => {
      const { user } = await registered(test, { username: 'Locked01' });
      for (let i = 0; i < 5; i++) await login(test, { username: 'Locked01', password: WRONG_PASSWORD });
      expectProblem(await login(test, { username: 'Locked01' }), 429, 'auth.too_many_attempts');

      expect((await admin.ask('POST', `/users/${user.id}/unlock`)).status).toBe(204);

      expect((await login(test, { username: 'Locked01' })).status).toBe(200);
      expect(await admin.events({ type: 'user.unlocked' })).toMatchObject([{ userId: user.id, actorId: admin.id }]);
    });

    it('knows nobody who is not there, and is nothing for somebody who does not wait', async () => {
      const { user } = await registered(test);

      expect((await admin.ask('POST', `/users/${user.id}/unlock`)).status).toBe(204);
      expectProblem(await admin.ask('POST', '/users/999999999/unlock'), 404, 'users.not_found');
    });
  });

  describe('the sessions of a user', () => {
    it('are listed newest first, and ended one by one, at once', async () => {
      const first = await registered(test, { username: 'Devices01' });
      test.clock.advance({ seconds: 1 });
      const second = (await login(test, { username: 'Devices01' })).body;
      const path = `/users/${first.user.id}/sessions`;

      const listed = await admin.ask<{ id: string; current: boolean }[]>('GET', path);
      expect(listed.body.map(({ id, current }) => [id, current])).toEqual([
        [second.sessionId, false],
        [first.sessionId, false],
      ]);
      expect((await admin.ask('DELETE', `${path}/${first.sessionId}`)).status).toBe(204);
      expectProblem(await whoAmI(test, first.accessToken), 401, 'sessions.ended');
      expect((await whoAmI(test, second.accessToken)).status).toBe(200);
      expect((await admin.ask('DELETE', `${path}/${first.sessionId}`)).status).toBe(204);
      expectProblem(await admin.ask('DELETE', `${path}/${admin.tokens.sessionId}`), 404, 'sessions.not_found');
    });

    it('are ended all at once, and the trail says by whom', async () => {
      const { user, accessToken, refreshToken, sessionId } = await registered(test);

      expect((await admin.ask('DELETE', `/users/${user.id}/sessions`)).status).toBe(204);

      expectProblem(await whoAmI(test, accessToken), 401, 'sessions.ended');
      expectProblem(await test.client.refresh(refreshToken), 401, 'sessions.ended');
      expect(await admin.events({ userId: user.id, type: 'session.ended' })).toMatchObject([
        { sessionId, actorId: admin.id, ipAddress: null, detail: { reason: 'ended_by_admin' } },
      ]);
      expect(await admin.events({ userId: user.id, type: 'admin.sessions_ended' })).toMatchObject([
        { actorId: admin.id, ipAddress: '127.0.0.1', detail: { sessionId: null } },
      ]);
    });
  });
});
