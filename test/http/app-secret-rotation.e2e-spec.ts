import { SigningKey } from '../../src/auth/keys/signing-key.entity.js';
import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import { worst } from '../../src/cli/doctor/finding.js';
import { checkKeys } from '../../src/cli/doctor/keys-check.js';
import { entities } from '../../src/entities.js';
import { AuditLog } from '../../src/platform/audit/audit-log.js';
import { Database } from '../../src/platform/database/database.js';
import { Resealing } from '../../src/platform/encryption/resealing/resealing.js';
import { ResealingSchedule } from '../../src/platform/encryption/resealing/resealing-schedule.js';
import { sealedColumns } from '../../src/sealed-columns.js';
import { UsersService } from '../../src/users/users.service.js';
import { Admin } from '../support/admins.js';
import { whoAmI } from '../support/caller.js';
import { outcome } from '../support/outcome.js';
import { login, PASSWORD, registered } from '../support/password-users.js';
import { expectProblem } from '../support/problems.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { loginWithWechat } from '../support/wechat-phone.js';

const OLD = 'Ju6Kp2Wm9Xc4Vb7Nz1Qa5Sd8Fg3Hj0Kl-old-for-this-test';
const NEW = 'Ty5Re8Wq1Uo4Ip7As2Df6Gh9Jk3Lz0Xc-new-for-this-test';
const PHONE = '13800000042';
const MADE_ANEW = ['wechat_access_tokens.token_encrypted'];

const get = <T>({ app }: TestApp, type: new (...parameters: never[]) => T) => app.get(type, { strict: false });
const oldValues = async (server: TestApp) => {
  const columns = await get(server, Resealing).countOld();
  return columns.reduce((sum, { values }) => sum + values, 0);
};

/** What the doctor says. */
const diagnosis = async ({ dataSource, environment }: TestApp) => {
  const findings = await checkKeys(dataSource, environment);
  return { verdict: worst(findings), says: findings.map(({ what }) => what.en).join('; ') };
};

describe('APP_SECRET, while some servers use the new one and some still the old one', () => {
  let before: TestApp;
  let after: TestApp;
  beforeAll(async () => {
    before = await startTestApp({ APP_SECRET: OLD, APP_SECRET_PREVIOUS: NEW });
    after = await before.sibling({ APP_SECRET: NEW, APP_SECRET_PREVIOUS: [OLD] });
    before.watch.keepSecret('a phone number', PHONE);
  });
  afterAll(async () => {
    await after?.close();
    await before?.close();
  });

  it('logs nobody out: each takes the other’s access tokens and refresh tokens', async () => {
    let tokens: TokensDto = await registered(before);
    for (const server of [after, before, after, after, before, before]) {
      expect(outcome(await whoAmI(server, tokens.accessToken))).toBe('200');
      const renewed = await server.client.refresh(tokens.refreshToken);
      expect(outcome(renewed)).toBe('200');
      tokens = renewed.body;
    }
  });

  it.each(['before', 'after'] as const)('repairs a lost answer of the other (asked of the one %s)', async (name) => {
    const [asked, other] = name === 'before' ? [before, after] : [after, before];
    const first = await registered(other);
    await other.client.refresh(first.refreshToken); // the answer is lost

    const repaired = await asked.client.refresh(first.refreshToken);

    expect(outcome(repaired)).toBe('200');
    for (const server of [other, asked]) expect(outcome(await whoAmI(server, repaired.body.accessToken))).toBe('200');
    expect(outcome(await other.client.refresh(repaired.body.refreshToken))).toBe('200');
  });

  it('refuses what neither secret has written', async () => {
    const { refreshToken } = await registered(before);
    const forged = `${refreshToken.slice(0, -6)}AAAAAA`;

    expectProblem(await after.client.refresh(forged), 401, 'sessions.refresh_token_invalid');
  });

  it('finds a user by their phone number on both, and gives the number to nobody else', async () => {
    const byPhone = async (server: TestApp, user: string) => {
      const [loginCode, phoneCode] = [await server.wechat.code(user), await server.wechat.phoneCode(user, PHONE)];
      return server.client.post<TokensDto>('/api/v1/auth/phone', { loginCode, phoneCode });
    };
    const first = await byPhone(before, 'phoney');
    expect(outcome(first)).toBe('200');
    expect((await byPhone(after, 'phoney')).body.user.id).toBe(first.body.user.id);

    for (const server of [before, after]) {
      const token = (await loginWithWechat(server, 'somebody-else')).body.accessToken;
      const code = await server.wechat.phoneCode('somebody-else', PHONE);
      expectProblem(await server.client.post('/api/v1/users/me/phone', { code }, { token }), 409, 'users.phone_taken');
    }
  });

  it('answers a login code again that the other has used', async () => {
    const code = await before.wechat.code('repeater');
    const [first, again] = [
      await before.client.post<TokensDto>('/api/v1/auth/wechat', { code }),
      await after.client.post<TokensDto>('/api/v1/auth/wechat', { code }),
    ];

    expect(outcome(again)).toBe('200');
    expect(again.body.sessionId).toBe(first.body.sessionId);
  });
});

describe('stored secrets, once APP_SECRET is the new one', () => {
  let before: TestApp;
  let after: TestApp;
  beforeEach(async () => {
    before = await startTestApp({ APP_SECRET: OLD });
    before.watch.keepSecret('a phone number', PHONE);
    const admin = await Admin.start(before);
    await admin.ask('POST', '/webhooks', { url: 'http://127.0.0.1:9/hook', types: ['register'] });
    for (const user of ['anna', 'berta', 'clara']) await loginWithWechat(before, user);
    const [loginCode, phoneCode] = [await before.wechat.code('anna'), await before.wechat.phoneCode('anna', PHONE)];
    await before.client.post('/api/v1/auth/phone', { loginCode, phoneCode });
    after = await before.sibling({ APP_SECRET: NEW, APP_SECRET_PREVIOUS: [OLD] });
  });
  afterEach(async () => {
    await after?.close();
    await before?.close();
  });

  it('are counted, sealed again, and then need the old one no more', async () => {
    const found = await oldValues(after);
    expect(found).toBe(1 + 3 + 1 + 1); // the signing key, the session_keys, the phone number, the webhook's secret
    expect(await diagnosis(after)).toEqual({ verdict: 'warning', says: expect.stringContaining('6 values') });

    expect(await get(after, ResealingSchedule).run()).toBe(found);

    expect(await oldValues(after)).toBe(0);
    expect((await diagnosis(after)).verdict).toBe('ok');
    expect(await get(after, ResealingSchedule).run()).toBe(0);
    const { refreshToken } = await registered(after, { username: 'Alice01' });
    const later = await before.sibling({ APP_SECRET: NEW, APP_SECRET_PREVIOUS: [] });
    expect(outcome(await later.client.refresh(refreshToken))).toBe('200');
    expect(outcome(await login(later, { username: 'Alice01', password: PASSWORD }))).toBe('200');
    const [loginCode, phoneCode] = [await later.wechat.code('anna'), await later.wechat.phoneCode('anna', PHONE)];
    const anna = await later.client.post<TokensDto>('/api/v1/auth/phone', { loginCode, phoneCode });
    expect(anna.body).toMatchObject({ isNewUser: false, user: { phone: '138****0042' } });
    const berta = (await loginWithWechat(later, 'berta')).body.user.id;
    expect((await get(later, UsersService).findWechatAccount(berta))!.sessionKey).toBeTruthy();
    await later.close();
  });

  it('can be sealed again in many pieces: a run that is killed is taken up by the next', async () => {
    const found = await oldValues(after);
    const database = get(after, Database);
    const write = database.write.bind(database);
    let left = 2;
    const killed = jest.spyOn(database, 'write').mockImplementation((sql, parameters) => {
      if (sql.startsWith('UPDATE') && left-- === 0) return Promise.reject(new Error('killed'));
      return write(sql, parameters);
    });
    await expect(get(after, Resealing).run()).rejects.toThrow('killed');
    killed.mockRestore();
    expect(await oldValues(after)).toBe(found - 2);

    expect(await get(after, Resealing).run()).toBe(found - 2);
    expect(await oldValues(after)).toBe(0);
  });

  it('are sealed once by several servers at the same moment', async () => {
    const found = await oldValues(after);
    const runs = await Promise.all(Array.from({ length: 5 }, () => get(after, Resealing).run()));

    expect(runs.reduce((sum, values) => sum + values, 0)).toBe(found);
    expect(await oldValues(after)).toBe(0);
  });

  it('that no known secret opens are left as they are, and counted', async () => {
    const strange = `00000000.${'A'.repeat(64)}`;
    await before.dataSource.query('UPDATE users SET phone_encrypted = ? WHERE phone_encrypted IS NOT NULL', [strange]);

    await get(after, Resealing).run();

    const columns = await get(after, Resealing).countOld();
    expect(columns.filter(({ values }) => values > 0)).toEqual([
      { table: 'users', column: 'phone_encrypted', values: 1 },
    ]);
  });

  it('leave an audit event, which says how many it were', async () => {
    const found = await get(after, ResealingSchedule).run();
    await get(after, AuditLog).flush();

    const [event] = await after.dataSource.query<{ detail: string | object }[]>(
      `SELECT detail FROM audit_events WHERE type = 'secret.rotated'`,
    );
    const { detail } = event!;
    expect(typeof detail === 'string' ? JSON.parse(detail) : detail).toEqual({ values: found });
  });

  it('do not keep a server with the new secret alone from saying why it does not start', async () => {
    await expect(before.sibling({ APP_SECRET: NEW, APP_SECRET_PREVIOUS: [] })).rejects.toThrow('another APP_SECRET');
    expect(await before.dataSource.getRepository(SigningKey).count()).toBe(1);
  });

  it('are all known: every column of sealed values is sealed again or made anew', () => {
    expect(entities.length).toBeGreaterThan(10);
    const stored = before.dataSource.entityMetadatas.flatMap(({ tableName, columns }) =>
      columns.map(({ databaseName }) => `${tableName}.${databaseName}`).filter((name) => name.endsWith('_encrypted')),
    );

    const known = [...sealedColumns.map(({ table, column }) => `${table}.${column}`), ...MADE_ANEW];
    expect(stored.sort()).toEqual(known.sort());
  });
});
