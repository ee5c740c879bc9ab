import type { AdminUserDetailsDto } from '../../../src/auth/admin/dto/admin-user.dto.js';
import type { TokensDto } from '../../../src/auth/dto/tokens.dto.js';
import type { ProblemDetails } from '../../../src/platform/errors/problem-details.dto.js';
import { Admin } from '../../support/admins.js';
import { whoAmI } from '../../support/caller.js';
import { login, registered, WRONG_PASSWORD } from '../../support/password-users.js';
import { expectProblem } from '../../support/problems.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { loginWithWechat } from '../../support/wechat-phone.js';

const FOREVER = '9999-12-31T23:59:59.999Z';

describe('a ban', () => {
  let test: TestApp;
  let admin: Admin;
  beforeAll(async () => {
    test = await startTestApp();
    admin = await Admin.start(test);
  });
  afterAll(() => test?.close());

  const inHours = (hours: number) => new Date(test.clock.now().getTime() + hours * 3_600_000);
  const refresh = ({ refreshToken }: TokensDto) => test.client.refresh(refreshToken);
  const byAdmin = async (userId: string) => (await admin.events({ userId, actorId: admin.id })).map(({ type }) => type);
  const phoneLogin = async (user: string) => {
    const [loginCode, phoneCode] = [await test.wechat.code(user), await test.wechat.phoneCode(user)];
    return test.client.post<TokensDto>('/api/v1/auth/phone', { loginCode, phoneCode });
  };

  it('ends every session at once: access and refresh tokens are refused', async () => {
    const first = await registered(test, { username: 'Banned01' });
    const second = (await login(test, { username: 'Banned01' })).body;

    const answer = await admin.ban<AdminUserDetailsDto>(first.user.id, { reason: '发布违规内容' });

    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ bannedUntil: FOREVER, banReason: '发布违规内容', openSessions: 0 });
    for (const tokens of [first, second]) {
      expectProblem(await whoAmI(test, tokens.accessToken), 401, 'sessions.ended');
      expectProblem(await refresh(tokens), 401, 'sessions.ended');
    }
    expect(await admin.events({ userId: first.user.id, type: 'session.ended' })).toMatchObject(
      Array(2).fill({ actorId: admin.id, detail: { reason: 'banned' } }),
    );
  });

  it('refuses the password login, with reason and end, only to who knows the password, and leaves an event', async () => {
    const { user } = await registered(test, { username: 'Banned02' });
    const until = new Date('2099-12-31T16:30:00Z');
    await admin.ban(user.id, { reason: 'spam', until });

    const refused = await test.client.post<ProblemDetails>(
      '/api/v1/auth/login',
      { username: 'Banned02', password: 'Blue-Kettle7' },
      { headers: { 'accept-language': 'en' } },
    );
    expectProblem(refused, 403, 'users.banned');
    expect(refused.body.detail).toBe('Reason: spam; until 2099-12-31 16:30 UTC');
    const chinese = await login(test, { username: 'Banned02' });
    expect((chinese.body as unknown as ProblemDetails).detail).toBe(
      '封禁原因：spam；解封时间：2100-01-01 00:30（北京时间）',
    );
    const wrong = await login(test, { username: 'Banned02', password: WRONG_PASSWORD });
    expectProblem(wrong, 401, 'auth.invalid_credentials');
    expect(
      (await admin.events({ userId: user.id, type: 'login', outcome: 'refused' })).map(({ detail }) => detail),
    ).toEqual(Array(2).fill({ method: 'password', reason: 'users.banned' }));
  });

  it('refuses WeChat and phone login', async () => {
    const { user } = (await phoneLogin('banned-3')).body;
    await admin.ban(user.id);

    expectProblem(await loginWithWechat(test, 'banned-3'), 403, 'users.banned');
    expectProblem(await phoneLogin('banned-3'), 403, 'users.banned');
    expect(await admin.view(user.id)).toMatchObject({ openSessions: 0 });
  });

  it('lifts by itself when its time has come, and refuses a refresh until then', async () => {
    const { user } = await registered(test, { username: 'Banned04' });
    await admin.ban(user.id, { reason: 'spam', until: inHours(2) });

    test.clock.advance({ hours: 1, minutes: 59 });
    expectProblem(await login(test, { username: 'Banned04' }), 403, 'users.banned');
    test.clock.advance({ minutes: 1 });

    expect((await login(test, { username: 'Banned04' })).status).toBe(200);
    expect(await freshAdmin().then((fresh) => fresh.view(user.id))).toMatchObject({
      bannedUntil: null,
      banReason: null,
    });
  });

  it('is lifted by an admin, and again without effect', async () => {
    const { user } = await registered(test, { username: 'Banned05' });
    admin = await freshAdmin();
    await admin.ban(user.id);

    expect((await admin.ask('DELETE', `/users/${user.id}/ban`)).status).toBe(204);
    expect((await admin.ask('DELETE', `/users/${user.id}/ban`)).status).toBe(204);

    expect((await login(test, { username: 'Banned05' })).status).toBe(200);
    expect((await byAdmin(user.id)).filter((type) => type.startsWith('user.'))).toEqual([
      'user.unbanned',
      'user.banned',
    ]);
  });

  it('is replaced by another one, longer or shorter', async () => {
    const { user } = await registered(test);
    const until = inHours(1);
    await admin.ban(user.id);

    const { body } = await admin.ban<AdminUserDetailsDto>(user.id, { reason: 'on second thoughts', until });

    expect(body).toMatchObject({ bannedUntil: until.toJSON(), banReason: 'on second thoughts' });
  });

  it('is an event with actor, target, reason and end', async () => {
    const { user } = await registered(test);
    const until = inHours(1);
    await admin.ban(user.id, { reason: 'spam', until });

    expect(await admin.events({ userId: user.id, type: 'user.banned' })).toEqual([
      expect.objectContaining({
        ...{ outcome: 'ok', actorId: admin.id, userId: user.id, ipAddress: '127.0.0.1' },
        detail: { reason: 'spam', until: until.toJSON() },
        createdAt: test.clock.now().toJSON(),
      }),
    ]);
  });

  it('is refused without a reason, and with an end that is past or no time', async () => {
    const { user } = await registered(test);
    const fields = async (body: object) => {
      const answer = await admin.ban(user.id, body);
      expectProblem(answer, 400, 'request.invalid');
      return answer.body.errors?.map(({ field }) => field);
    };

    expect(await fields({})).toEqual(['reason']);
    expect(await fields({ reason: '' })).toEqual(['reason']);
    expect(await fields({ reason: 'x'.repeat(256) })).toEqual(['reason']);
    for (const until of [
      test.clock.now(),
      '2099-01-01',
      '2099-01-01T00:00:00',
      'tomorrow',
      4102444800,
      '2099-99-01T00:00:00Z',
    ])
      expect(await fields({ reason: 'spam', until })).toEqual(['until']);
    expect(await admin.view(user.id)).toMatchObject({ bannedUntil: null });
  });

  it('of oneself, or of nobody, is refused', async () => {
    expectProblem(await admin.ban(admin.id), 409, 'admin.own_account');
    expectProblem(await admin.ban('999999999'), 404, 'users.not_found');
    expect((await whoAmI(test, admin.tokens.accessToken)).status).toBe(200);
  });

  it('leaves no session open, however many log in at the same moment', async () => {
    const { user } = await registered(test, { username: 'Crowded01' });
    const logins = Array.from({ length: 200 }, () => login(test, { username: 'Crowded01' }));
    const banned = admin.ban(user.id);

    const answers = await Promise.all(logins);
    expect((await banned).status).toBe(200);

    const alive = await Promise.all(
      answers.filter(({ status }) => status === 200).map(({ body }) => whoAmI(test, body.accessToken)),
    );
    expect(alive.filter(({ status }) => status !== 401)).toEqual([]);
    expect(await admin.view(user.id)).toMatchObject({ openSessions: 0 });
  });

  // The clock has moved on, and the admin's access token has expired with it.
  async function freshAdmin(): Promise<Admin> {
    return Admin.start(test);
  }
});
