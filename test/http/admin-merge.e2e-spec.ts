import type { MergeReportDto } from '../../src/auth/admin/dto/merge-report.dto.js';
import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import type { ProblemDetails } from '../../src/platform/errors/problem-details.dto.js';
import type { SessionDto } from '../../src/sessions/dto/session.dto.js';
import type { UserDto } from '../../src/users/dto/user.dto.js';
import { UsersService } from '../../src/users/users.service.js';
import { adminToken, auditEvents, countRows, register } from '../support/account-rows.js';
import { APPS, newUnionid, startWithMiniPrograms } from '../support/mini-programs.js';
import { type TestApp } from '../support/test-app.js';

const NOTHING = { wechatAccounts: 0, unions: 0, sessions: 0, username: false, email: false, phone: false };

describe('POST /api/v1/admin/users/:id/merge', () => {
  let test: TestApp;
  let token: string;
  let users: UsersService;
  beforeAll(async () => {
    test = await startWithMiniPrograms();
    token = await adminToken(test);
    users = test.app.get(UsersService);
  });
  afterAll(() => test?.close());

  let people = 0;
  const login = async (user: string, app = APPS.shop, unionid?: string): Promise<TokensDto> => {
    const code = await test.wechat.code(user, { appId: app.id, unionid });
    return (await test.client.post<TokensDto>('/api/v1/auth/wechat', { code, appId: app.id })).body;
  };
  const newcomer = (unionid?: string) => login(`merge-${++people}`, APPS.shop, unionid);
  const merge = (from: string, body: object) =>
    test.client.post<MergeReportDto>(`/api/v1/admin/users/${from}/merge`, body, { token });
  const refusal = async (from: string, body: object, withToken?: string) => {
    const options = { token: withToken ?? token };
    const answer = await test.client.post<ProblemDetails>(`/api/v1/admin/users/${from}/merge`, body, options);
    return { status: answer.status, code: answer.body.code, fields: answer.body.errors?.map(({ field }) => field) };
  };
  const me = (accessToken: string) => test.client.get<UserDto>('/api/v1/users/me', { token: accessToken });
  const rowsOf = async (id: string) => ({
    wechatAccounts: await countRows(test, 'wechat_accounts', 'user_id = ?', [id]),
    unions: await countRows(test, 'wechat_unions', 'user_id = ?', [id]),
    sessions: await countRows(test, 'sessions', 'user_id = ?', [id]),
  });

  describe('is for admins', () => {
    it('and closed to everyone else', async () => {
      const { user, accessToken } = await newcomer();
      const body = { into: user.id };

      expect(await refusal(user.id, body, accessToken)).toMatchObject({ status: 403, code: 'auth.forbidden' });
      expect((await test.client.post(`/api/v1/admin/users/${user.id}/merge`, body)).status).toBe(401);
    });
  });

  it('says in a dry run what would move, and moves nothing', async () => {
    const [from, into] = [await newcomer(newUnionid()), await register(test)];

    const answer = await merge(from.user.id, { into: into.user.id, dryRun: true });

    const moves = { ...NOTHING, wechatAccounts: 1, unions: 1, sessions: 1 };
    const pair = { from: from.user.id, into: into.user.id };
    expect(answer).toMatchObject({ status: 200, body: { ...pair, dryRun: true, alreadyMerged: false, moves } });
    expect(await rowsOf(from.user.id)).toEqual({ wechatAccounts: 1, unions: 1, sessions: 1 });
    expect((await me(from.accessToken)).body.id).toBe(from.user.id);
  });

  it('moves WeChat accounts, unionids and sessions to the user that lives on', async () => {
    const [from, into] = [await newcomer(newUnionid()), await newcomer()];

    const answer = await merge(from.user.id, { into: into.user.id });

    const moves = { ...NOTHING, wechatAccounts: 1, unions: 1, sessions: 1 };
    expect(answer.body).toMatchObject({ dryRun: false, alreadyMerged: false, moves });
    expect(await rowsOf(from.user.id)).toEqual({ wechatAccounts: 0, unions: 0, sessions: 0 });
    expect(await rowsOf(into.user.id)).toEqual({ wechatAccounts: 2, unions: 1, sessions: 2 });
  });

  it('moves username, password, e-mail and phone when only the first user has them', async () => {
    const email = `mover${++people}@example.com`;
    const [from, into] = [await register(test, { email }), await newcomer()];
    test.watch.keepSecret('a phone number', '13700000001');
    await users.setPhone(from.user.id, { phoneNumber: '+8613700000001' });

    const answer = await merge(from.user.id, { into: into.user.id });

    expect(answer.body.moves).toMatchObject({ username: true, email: true, phone: true });
    const profile = { id: into.user.id, username: from.user.username, email, phone: '137****0001' };
    expect((await me(into.accessToken)).body).toMatchObject(profile);
    expect(await users.findByPhone('+8613700000001')).toMatchObject({ id: into.user.id });
    const credentials = { username: from.user.username, password: 'Blue-Kettle7' };
    const again = await test.client.post<TokensDto>('/api/v1/auth/login', credentials);
    expect(again.body.user.id).toBe(into.user.id);
  });

  it('seals a moved phone anew, so that a second merge can move it on', async () => {
    const [first, second, third] = [await newcomer(), await newcomer(), await newcomer()];
    test.watch.keepSecret('a phone number', '13700000002');
    await users.setPhone(first.user.id, { phoneNumber: '+8613700000002' });

    await merge(first.user.id, { into: second.user.id });
    await merge(second.user.id, { into: third.user.id });

    expect(await users.findByPhone('+8613700000002')).toMatchObject({ id: third.user.id });
  });

  describe('keeps the old id alive', () => {
    it('in access tokens that say it: profile, sessions and logout go to the user that lives on', async () => {
      const [from, into] = [await newcomer(), await newcomer()];
      await merge(from.user.id, { into: into.user.id });

      expect((await me(from.accessToken)).body.id).toBe(into.user.id);
      const sessions = await test.client.get<SessionDto[]>('/api/v1/sessions', { token: from.accessToken });
      expect(sessions.body.map(({ id }) => id).sort()).toEqual([from.sessionId, into.sessionId].sort());
      expect(sessions.body.find(({ current }) => current)?.id).toBe(from.sessionId);
      const logout = await test.client.post('/api/v1/auth/logout', undefined, { token: from.accessToken });
      expect(logout.status).toBe(204);
      expect((await test.client.refresh(from.refreshToken)).status).toBe(401);
    });

    it('in a sign-out of all other devices', async () => {
      const [from, into] = [await newcomer(), await newcomer()];
      await merge(from.user.id, { into: into.user.id });

      await test.client.delete('/api/v1/sessions', { token: from.accessToken });

      expect((await me(into.accessToken)).status).toBe(401);
      expect((await me(from.accessToken)).status).toBe(200);
    });

    it('in a refresh, which from then on says the new id', async () => {
      const [from, into] = [await newcomer(), await newcomer()];
      await merge(from.user.id, { into: into.user.id });

      const { status, body } = await test.client.refresh(from.refreshToken);

      expect([status, body.user.id, body.sessionId]).toEqual([200, into.user.id, from.sessionId]);
    });

    it('through a chain of merges', async () => {
      const [first, second, third] = [await newcomer(), await newcomer(), await newcomer()];
      await merge(first.user.id, { into: second.user.id });
      await merge(second.user.id, { into: third.user.id });

      expect((await me(first.accessToken)).body.id).toBe(third.user.id);
      expect(await users.getUser(first.user.id)).toMatchObject({ id: third.user.id });
    });

    it('for what is written under it', async () => {
      const [from, into] = [await newcomer(), await newcomer()];
      await merge(from.user.id, { into: into.user.id });
      test.watch.keepSecret('a phone number', '13700000003');

      await users.setPhone(from.user.id, { phoneNumber: '+8613700000003' });

      expect((await me(into.accessToken)).body.phone).toBe('137****0003');
      expect(await users.findWechatAccount(from.user.id)).not.toBeNull();
    });
  });

  it('logs the person in as the user that lives on', async () => {
    const [from, into] = [await newcomer(), await newcomer()];
    await merge(from.user.id, { into: into.user.id });

    const again = await login(`merge-${people - 1}`);

    expect(again).toMatchObject({ isNewUser: false, user: { id: into.user.id } });
  });

  it('changes nothing when it is repeated, and is told once', async () => {
    const [from, into] = [await newcomer(), await newcomer()];
    await merge(from.user.id, { into: into.user.id });

    const again = await merge(from.user.id, { into: into.user.id });

    expect(again).toMatchObject({ status: 200, body: { alreadyMerged: true, moves: NOTHING } });
    const events = (await auditEvents(test, 'user.merged')).filter(({ userId }) => userId === into.user.id);
    expect(events).toHaveLength(1);
    expect(events[0]!.detail).toMatchObject({ from: from.user.id, wechatAccounts: 1, sessions: 1 });
  });

  describe('is refused', () => {
    it('when both have a username', async () => {
      const [from, into] = [await register(test), await register(test)];

      const answer = await refusal(from.user.id, { into: into.user.id });

      expect(answer).toMatchObject({ status: 409, code: 'users.merge_conflict' });
      expect(answer.fields).toContain('username');
      expect((await me(from.accessToken)).body.id).toBe(from.user.id);
    });

    it('when both have a phone, in a dry run too', async () => {
      const [from, into] = [await newcomer(), await newcomer()];
      await users.setPhone(from.user.id, { phoneNumber: '+8613700000004' });
      await users.setPhone(into.user.id, { phoneNumber: '+8613700000005' });
      const conflict = { status: 409, code: 'users.merge_conflict', fields: ['phone'] };

      expect(await refusal(from.user.id, { into: into.user.id, dryRun: true })).toEqual(conflict);
      expect(await refusal(from.user.id, { into: into.user.id })).toEqual(conflict);
    });

    it('when it would make an admin of somebody', async () => {
      const [from, into] = [await newcomer(), await newcomer()];
      await test.dataSource.query(`UPDATE users SET role = 'admin' WHERE id = ?`, [into.user.id]);

      expect(await refusal(from.user.id, { into: into.user.id })).toMatchObject({ status: 409, fields: ['role'] });
    });

    it('when the user was merged into another one, or is the same', async () => {
      const [from, into, other] = [await newcomer(), await newcomer(), await newcomer()];
      await merge(from.user.id, { into: into.user.id });
      const conflict = { status: 409, code: 'users.merge_conflict' };

      expect(await refusal(from.user.id, { into: other.user.id })).toMatchObject(conflict);
      expect(await refusal(into.user.id, { into: from.user.id })).toMatchObject(conflict);
      expect(await refusal(other.user.id, { into: other.user.id })).toMatchObject(conflict);
    });

    it('when there is no such user, or what is named is no user id', async () => {
      const { user } = await newcomer();

      expect(await refusal('999999999', { into: user.id })).toMatchObject({ status: 404, code: 'users.not_found' });
      expect(await refusal(user.id, { into: '999999999' })).toMatchObject({ status: 404, code: 'users.not_found' });
      expect(await refusal(`${user.id}x`, { into: user.id })).toMatchObject({ status: 404, code: 'users.not_found' });
      expect(await refusal(user.id, { into: 12 })).toMatchObject({ status: 400, fields: ['into'] });
      expect(await refusal(user.id, { into: user.id, dryRun: 'yes' })).toMatchObject({ status: 400, fields: ['dryRun'] });
    });
  });

  it('takes a ban along', async () => {
    const [from, into] = [await newcomer(), await newcomer()];
    const until = new Date(test.clock.now().getTime() + 3_600_000);
    const ban = 'UPDATE users SET banned_until = ?, ban_reason = ? WHERE id = ?';
    await test.dataSource.query(ban, [until, 'spam', from.user.id]);

    await merge(from.user.id, { into: into.user.id });

    expect(await users.getUser(into.user.id)).toMatchObject({ bannedUntil: until });
    expect((await test.client.refresh(into.refreshToken)).status).toBe(403);
  });

  it('leaves nothing behind when 200 logins of the person are under way', async () => {
    const [from, into] = [await login('busy'), await newcomer()];
    const codes = await Promise.all(Array.from({ length: 200 }, () => test.wechat.code('busy', { appId: APPS.shop.id })));
    const logins = codes.map((code) => test.client.post<TokensDto>('/api/v1/auth/wechat', { code, appId: APPS.shop.id }));

    const merged = await merge(from.user.id, { into: into.user.id });
    const answers = await Promise.all(logins);

    expect([merged.status, ...answers.map(({ status }) => status)]).toEqual(Array(201).fill(200));
    expect(await rowsOf(from.user.id)).toEqual({ wechatAccounts: 0, unions: 0, sessions: 0 });
    expect(await rowsOf(into.user.id)).toMatchObject({ wechatAccounts: 2, sessions: 202 });
    const refreshed = await test.client.refresh(answers[199]!.body.refreshToken);
    expect(refreshed.body.user.id).toBe(into.user.id);
  });

  it('happens once when it is asked for 200 times at once', async () => {
    const [from, into] = [await newcomer(newUnionid()), await newcomer()];

    const answers = await Promise.all(Array.from({ length: 200 }, () => merge(from.user.id, { into: into.user.id })));

    expect(answers.map(({ status }) => status)).toEqual(Array(200).fill(200));
    expect(answers.filter(({ body }) => !body.alreadyMerged)).toHaveLength(1);
    expect(await rowsOf(into.user.id)).toMatchObject({ wechatAccounts: 2, unions: 1, sessions: 2 });
  });
});
