import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import type { SessionDto } from '../../src/sessions/dto/session.dto.js';
import { UsersService } from '../../src/users/users.service.js';
import { auditEvents } from '../support/account-rows.js';
import { whoAmI } from '../support/caller.js';
import { Merging, NOTHING } from '../support/merging.js';
import { APPS, newUnionid, startWithMiniPrograms } from '../support/mini-programs.js';
import { PASSWORD, registered } from '../support/password-users.js';
import type { TestApp } from '../support/test-app.js';

describe('POST /api/v1/admin/users/:id/merge', () => {
  let test: TestApp;
  let admin: Merging;
  let users: UsersService;
  beforeAll(async () => {
    test = await startWithMiniPrograms();
    admin = await Merging.start(test);
    users = test.app.get(UsersService);
  });
  afterAll(() => test?.close());

  it('says in a dry run what would move, and moves nothing', async () => {
    const [from, into] = [await admin.newcomer(newUnionid()), await registered(test)];

    const answer = await admin.merge(from, into, { dryRun: true });

    const moves = { ...NOTHING, wechatAccounts: 1, unions: 1, sessions: 1 };
    const pair = { from: from.user.id, into: into.user.id };
    expect(answer).toMatchObject({ status: 200, body: { ...pair, dryRun: true, alreadyMerged: false, moves } });
    expect(await admin.rowsOf(from)).toEqual({ wechatAccounts: 1, unions: 1, sessions: 1 });
    expect((await whoAmI(test, from.accessToken)).body.id).toBe(from.user.id);
  });

  it('moves WeChat accounts, unionids and sessions to the user that lives on', async () => {
    const [from, into] = [await admin.newcomer(newUnionid()), await admin.newcomer()];

    const answer = await admin.merge(from, into);

    const moves = { ...NOTHING, wechatAccounts: 1, unions: 1, sessions: 1 };
    expect(answer.body).toMatchObject({ dryRun: false, alreadyMerged: false, moves });
    expect(await admin.rowsOf(from)).toEqual({ wechatAccounts: 0, unions: 0, sessions: 0 });
    expect(await admin.rowsOf(into)).toEqual({ wechatAccounts: 2, unions: 1, sessions: 2 });
  });

  it('moves username, password, e-mail and phone when only the first user has them', async () => {
    const email = 'mover@example.com';
    const [from, into] = [await registered(test, { email }), await admin.newcomer()];
    test.watch.keepSecret('a phone number', '13700000001');
    await users.setPhone(from.user.id, { phoneNumber: '+8613700000001' });

    const answer = await admin.merge(from, into);

    expect(answer.body.moves).toMatchObject({ username: true, email: true, phone: true });
    const profile = { id: into.user.id, username: from.user.username, email, phone: '137****0001' };
    expect((await whoAmI(test, into.accessToken)).body).toMatchObject(profile);
    expect(await users.findByPhone('+8613700000001')).toMatchObject({ id: into.user.id });
    const credentials = { username: from.user.username, password: PASSWORD };
    const again = await test.client.post<TokensDto>('/api/v1/auth/login', credentials);
    expect(again.body.user.id).toBe(into.user.id);
  });

  it('seals a moved phone anew, so that a second merge can move it on', async () => {
    const [first, second, third] = [await admin.newcomer(), await admin.newcomer(), await admin.newcomer()];
    test.watch.keepSecret('a phone number', '13700000002');
    await users.setPhone(first.user.id, { phoneNumber: '+8613700000002' });

    await admin.merge(first, second);
    await admin.merge(second, third);

    expect(await users.findByPhone('+8613700000002')).toMatchObject({ id: third.user.id });
  });

  describe('keeps the old id alive', () => {
    it('in access tokens that say it: profile, sessions and logout go to the user that lives on', async () => {
      const [from, into] = [await admin.newcomer(), await admin.newcomer()];
      await admin.merge(from, into);

      expect((await whoAmI(test, from.accessToken)).body.id).toBe(into.user.id);
      const sessions = await test.client.get<SessionDto[]>('/api/v1/sessions', { token: from.accessToken });
      expect(sessions.body.map(({ id }) => id).sort()).toEqual([from.sessionId, into.sessionId].sort());
      expect(sessions.body.find(({ current }) => current)?.id).toBe(from.sessionId);
      const logout = await test.client.post('/api/v1/auth/logout', undefined, { token: from.accessToken });
      expect(logout.status).toBe(204);
      expect((await test.client.refresh(from.refreshToken)).status).toBe(401);
    });

    it('in a sign-out of all other devices', async () => {
      const [from, into] = [await admin.newcomer(), await admin.newcomer()];
      await admin.merge(from, into);

      await test.client.delete('/api/v1/sessions', { token: from.accessToken });

      expect((await whoAmI(test, into.accessToken)).status).toBe(401);
      expect((await whoAmI(test, from.accessToken)).status).toBe(200);
    });

    it('in a refresh, which from then on says the new id', async () => {
      const [from, into] = [await admin.newcomer(), await admin.newcomer()];
      await admin.merge(from, into);

      const { status, body } = await test.client.refresh(from.refreshToken);

      expect([status, body.user.id, body.sessionId]).toEqual([200, into.user.id, from.sessionId]);
    });

    it('through a chain of merges', async () => {
      const [first, second, third] = [await admin.newcomer(), await admin.newcomer(), await admin.newcomer()];
      await admin.merge(first, second);
      await admin.merge(second, third);

      expect((await whoAmI(test, first.accessToken)).body.id).toBe(third.user.id);
      expect(await users.getUser(first.user.id)).toMatchObject({ id: third.user.id });
    });

    it('for what is written under it', async () => {
      const [from, into] = [await admin.newcomer(), await admin.newcomer()];
      await admin.merge(from, into);
      test.watch.keepSecret('a phone number', '13700000003');

      await users.setPhone(from.user.id, { phoneNumber: '+8613700000003' });

      expect((await whoAmI(test, into.accessToken)).body.phone).toBe('137****0003');
      expect(await users.findWechatAccount(from.user.id)).not.toBeNull();
    });
  });

  it('logs the person in as the user that lives on', async () => {
    const [from, into] = [await admin.login('returns'), await admin.newcomer()];
    await admin.merge(from, into);

    const again = await admin.login('returns');

    expect(again).toMatchObject({ isNewUser: false, user: { id: into.user.id } });
  });

  it('changes nothing when it is repeated, and is told once', async () => {
    const [from, into] = [await admin.newcomer(), await admin.newcomer()];
    await admin.merge(from, into);

    const again = await admin.merge(from, into);

    expect(again).toMatchObject({ status: 200, body: { alreadyMerged: true, moves: NOTHING } });
    const events = (await auditEvents(test, 'user.merged')).filter(({ userId }) => userId === into.user.id);
    expect(events).toHaveLength(1);
    expect(events[0]!.detail).toMatchObject({ from: from.user.id, wechatAccounts: 1, sessions: 1 });
  });

  it('takes a ban along', async () => {
    const [from, into] = [await admin.newcomer(), await admin.newcomer()];
    const until = new Date(test.clock.now().getTime() + 3_600_000);
    const ban = 'UPDATE users SET banned_until = ?, ban_reason = ? WHERE id = ?';
    await test.dataSource.query(ban, [until, 'spam', from.user.id]);

    await admin.merge(from, into);

    expect(await users.getUser(into.user.id)).toMatchObject({ bannedUntil: until });
    expect((await test.client.refresh(into.refreshToken)).status).toBe(403);
  });

  it('leaves nothing behind when 200 logins of the person are under way', async () => {
    const [from, into] = [await admin.login('busy'), await admin.newcomer()];
    const codes = await Promise.all(
      Array.from({ length: 200 }, () => test.wechat.code('busy', { appId: APPS.shop.id })),
    );
    const logins = codes.map((code) =>
      test.client.post<TokensDto>('/api/v1/auth/wechat', { code, appId: APPS.shop.id }),
    );

    const merged = await admin.merge(from, into);
    const answers = await Promise.all(logins);

    expect([merged.status, ...answers.map(({ status }) => status)]).toEqual(Array(201).fill(200));
    expect(await admin.rowsOf(from)).toEqual({ wechatAccounts: 0, unions: 0, sessions: 0 });
    expect(await admin.rowsOf(into)).toMatchObject({ wechatAccounts: 2, sessions: 202 });
    const refreshed = await test.client.refresh(answers[199]!.body.refreshToken);
    expect(refreshed.body.user.id).toBe(into.user.id);
  });

  it('happens once when it is asked for 50 times at once', async () => {
    const [from, into] = [await admin.newcomer(newUnionid()), await admin.newcomer()];

    const answers = await Promise.all(Array.from({ length: 50 }, () => admin.merge(from, into)));

    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
    expect(answers.filter(({ body }) => !body.alreadyMerged)).toHaveLength(1);
    expect(await admin.rowsOf(into)).toMatchObject({ wechatAccounts: 2, unions: 1, sessions: 2 });
  });
});
