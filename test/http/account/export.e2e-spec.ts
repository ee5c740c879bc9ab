import type { TokensDto } from '../../../src/auth/dto/tokens.dto.js';
import type { AccountDataDto } from '../../../src/auth/personal-data/dto/personal-data.dto.js';
import { auditEvents } from '../../support/account-rows.js';
import { OwnAccount } from '../../support/accounts.js';
import { Admin } from '../../support/admins.js';
import { registered } from '../../support/password-users.js';
import { expectProblem } from '../../support/problems.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { loginWithWechat } from '../../support/wechat-phone.js';

describe('GET /api/v1/users/me/export', () => {
  let test: TestApp;
  let admin: Admin;
  beforeAll(async () => {
    test = await startTestApp({ TRUSTED_PROXIES: 'loopback' });
    admin = await Admin.start(test);
  });
  afterAll(() => test?.close());

  /** Somebody with everything that a person can have here. */
  const everybody = async (name: string) => {
    const [loginCode, phoneCode] = [await test.wechat.code(name), await test.wechat.phoneCode(name)];
    const device = { id: `device-of-${name}`, name: `Phone of ${name}`, platform: 'android' };
    const headers = { 'x-forwarded-for': '203.0.113.77', 'user-agent': `${name}/1.0` };
    const body = { loginCode, phoneCode, device };
    const { body: tokens } = await test.client.post<TokensDto>('/api/v1/auth/phone', body, { headers });
    const account = new OwnAccount(test, tokens);
    await account.changeProfile({
      nickname: '小明',
      avatarUrl: 'https://example.com/a.png',
      email: `${name}@example.com`,
    });
    return { ...tokens, account };
  };

  it('gives everything that is stored about the caller, from every table', async () => {
    const { account, user, sessionId } = await everybody('Exported');

    const { userId, phoneNumber, tables } = await account.export();

    expect(userId).toBe(user.id);
    expect(phoneNumber).toMatch(/^\+86\d{11}$/);
    expect(tables.users).toMatchObject([
      { id: user.id, nickname: '小明', email: 'exported@example.com', role: 'user' },
    ]);
    expect(tables.wechat_accounts).toMatchObject([
      { appId: 'wx0000000000000001', openid: expect.any(String) as string },
    ]);
    const device = { deviceId: 'device-of-Exported', deviceName: 'Phone of Exported', platform: 'android' };
    expect(tables.sessions).toMatchObject([
      { id: sessionId, ...device, ipAddress: '203.0.113.77', userAgent: 'Exported/1.0', loginMethod: 'phone' },
    ]);
    expect(new Set(tables.audit_events?.map(({ type }) => type))).toEqual(new Set(['login', 'email.changed']));
  });

  it('withholds secrets, by a list that it shows, and nothing else', async () => {
    const { account } = await everybody('Withheld');

    const { withheld, tables } = await account.export();

    expect(withheld.sort()).toEqual([
      'sessions.deviceKey',
      'sessions.loginCodeHash',
      'sessions.token',
      'users.passwordHash',
      'users.phoneEncrypted',
      'users.phoneHash',
      'wechat_accounts.sessionKeyEncrypted',
    ]);
    const shown = Object.entries(tables).flatMap(([table, rows]) =>
      rows.flatMap((row) => Object.keys(row).map((property) => `${table}.${property}`)),
    );
    expect(shown.filter((name) => withheld.includes(name))).toEqual([]);
  });

  it('says nothing about anybody else', async () => {
    const [{ account }, other] = [await everybody('Alone'), await everybody('Another')];

    const text = JSON.stringify(await account.export());

    for (const word of [other.sessionId, 'another@example.com', 'Another']) expect(text).not.toContain(word);
  });

  it('tells that an admin did something, but neither who nor from where', async () => {
    const { account, user } = await everybody('Watched');
    await admin.view(user.id);

    const { tables } = await account.export();

    const viewed = tables.audit_events?.find(({ type }) => type === 'admin.user_viewed');
    expect(viewed).toMatchObject({ userId: user.id, actorId: null, ipAddress: null, userAgent: null });
  });

  it('includes what is stored under an id that was merged away', async () => {
    const [from, into] = [await registered(test, { username: 'Merged01' }), (await loginWithWechat(test, 'into')).body];
    await admin.ask('POST', `/users/${from.user.id}/merge`, { into: into.user.id });

    const { tables } = await new OwnAccount(test, from).export();

    expect(tables.users?.map(({ id }) => id).sort()).toEqual([from.user.id, into.user.id].sort());
    expect(tables.audit_events?.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['register', 'login', 'user.merged']),
    );
  });

  it('is written in the audit trail, also when an admin does it', async () => {
    const { account, user } = await everybody('Noted');
    await account.export();

    const answer = await admin.ask<AccountDataDto>('GET', `/users/${user.id}/export`);

    expect(answer.status).toBe(200);
    expect(answer.body.userId).toBe(user.id);
    expect(await admin.events({ userId: user.id, type: 'user.exported' })).toMatchObject([
      { actorId: admin.id },
      { actorId: null },
    ]);
    expectProblem(await admin.ask('GET', '/users/999999999/export'), 404, 'users.not_found');
    expect(await auditEvents(test, 'user.exported')).not.toEqual([]);
  });
});
