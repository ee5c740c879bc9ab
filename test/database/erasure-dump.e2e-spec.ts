import type { DataSource } from 'typeorm';
import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import { AuditLog } from '../../src/platform/audit/audit-log.js';
import { ErasureJanitor } from '../../src/sessions/erasure/erasure-janitor.js';
import { SessionTimeline } from '../../src/sessions/history/session-timeline.js';
import { OwnAccount } from '../support/accounts.js';
import { Admin } from '../support/admins.js';
import { dumpOf } from '../support/dump.js';
import { PASSWORD, registered, WRONG_PASSWORD } from '../support/password-users.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const APP = { id: 'wx00000000000000a1', secret: '0f1e2d3c4b5a69788796a5b4c3d2e1f0', openPlatform: 'ours' };

/** Words of one person that nobody else has. */
const PERSON = {
  username: 'Erased4711',
  email: 'erased4711@example.com',
  nickname: '消失的小明',
  avatarUrl: 'https://example.com/avatars/erased4711.png',
  ipAddress: '203.0.113.47',
  userAgent: 'erased-agent/4711',
  deviceId: 'erased-device-4711',
  deviceName: 'Phone of Erased',
  banReason: 'erased-ban-4711',
  unionid: 'oUnionErased0000000000004711',
};

describe('a dump of all tables after export and erasure', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ TRUSTED_PROXIES: 'loopback', WECHAT_APPS: JSON.stringify([APP]) });
  });
  afterAll(() => test?.close());

  const headers = { 'x-forwarded-for': PERSON.ipAddress, 'user-agent': PERSON.userAgent };
  const device = { id: PERSON.deviceId, name: PERSON.deviceName, platform: 'android' };
  const settle = async () => {
    await test.app.get(AuditLog).flush();
    await test.app.get(SessionTimeline).flush();
  };

  /** A whole life: WeChat with a unionid, phone, password, e-mail, devices, mistakes, a ban, a merge. */
  async function live(admin: Admin): Promise<TokensDto[]> {
    const { unionid, username, email, nickname, avatarUrl, banReason: reason } = PERSON;
    const loginCode = await test.wechat.code('erased', { appId: APP.id, unionid });
    const phoneCode = await test.wechat.phoneCode('erased');
    const body = { loginCode, phoneCode, device };
    const { body: first } = await test.client.post<TokensDto>('/api/v1/auth/phone', body, { headers });
    const account = new OwnAccount(test, first);
    await account.chooseUsername({ username, password: PASSWORD });
    await account.changeProfile({ email, nickname, avatarUrl });
    await account.reauthenticate({ password: WRONG_PASSWORD }, headers);
    await admin.ban(first.user.id, { reason });
    await admin.ask('DELETE', `/users/${first.user.id}/ban`);
    const other = await registered(test);
    await test.dataSource.query(
      'UPDATE users SET username = NULL, username_key = NULL, password_hash = NULL WHERE id = ?',
      [other.user.id],
    );
    await admin.ask('POST', `/users/${other.user.id}/merge`, { into: first.user.id });
    const login = { username, password: PASSWORD, device };
    const { body: second } = await test.client.post<TokensDto>('/api/v1/auth/login', login, { headers });
    await test.client.refresh(second.refreshToken);
    await settle();
    return [first, other, second];
  }

  /** What only the database knows: openid and every hash. */
  async function hiddenWords(dataSource: DataSource, userId: string): Promise<string[]> {
    const tables = [
      ['users', 'id'],
      ['wechat_accounts', 'user_id'],
      ['sessions', 'user_id'],
    ] as const;
    const words: string[] = [];
    for (const [table, owner] of tables) {
      const rows = await dataSource.query<Record<string, unknown>[]>(`SELECT * FROM ${table} WHERE ${owner} = ?`, [
        userId,
      ]);
      for (const value of rows.flatMap((row) => Object.values(row)))
        if (Buffer.isBuffer(value)) words.push(value.toString('hex'));
        else if (typeof value === 'string' && value.length >= 20 && !/^\d{4}-/.test(value)) words.push(value);
    }
    return words;
  }

  it('holds no trace of the person but their number in the audit trail', async () => {
    const admin = await Admin.start(test);
    const hook = { url: 'http://127.0.0.1:9/events', types: ['*'] };
    expect((await admin.ask('POST', '/webhooks', hook)).status).toBe(201);
    const sessions = await live(admin);
    const { user, accessToken } = sessions.at(-1)!;
    const account = new OwnAccount(test, { accessToken });
    const { phoneNumber, tables } = await account.export();
    const openid = tables.wechat_accounts?.[0]?.openid as string;
    const known = [...Object.values(PERSON), openid, ...sessions.map(({ sessionId }) => sessionId), user.phone!];
    const words = [...known, ...(await hiddenWords(test.dataSource, user.id))].map((word) => word.toLowerCase());
    await settle();
    const before = await dumpOf(test.dataSource);
    expect(words.filter((word) => !before.includes(word))).toEqual([]);
    expect(words.length).toBeGreaterThan(20);

    expect((await account.close()).status).toBe(204);

    await settle();
    test.clock.advance({ minutes: 17 });
    await test.app.get(ErasureJanitor).sweep();
    const after = await dumpOf(test.dataSource);
    expect([...words, phoneNumber!].filter((word) => after.includes(word))).toEqual([]);
    const about = after.split('\n').filter((line) => new RegExp(`"user_id":"?${user.id}"?[,}]`).test(line));
    expect(new Set(about.map((line) => line.split(' ')[0]))).toEqual(new Set(['audit_events', 'webhook_deliveries']));
    expect(about.filter((line) => line.startsWith('webhook') && !line.includes('user.erased'))).toEqual([]);
  });
});
