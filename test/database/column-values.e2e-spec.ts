import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import { Database } from '../../src/platform/database/database.js';
import { User } from '../../src/users/user.entity.js';
import { FIND_ACCOUNT } from '../../src/users/wechat-accounts.js';
import { WechatAccount } from '../../src/users/wechat-account.entity.js';
import { built, startNode } from '../support/built-program.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { isMysql } from '../support/test-database.js';
import { loginWithWechat } from '../support/wechat-phone.js';

const appId = 'wx0000000000000001';

describe('What the database keeps', () => {
  let test: TestApp;
  let database: Database;
  beforeAll(async () => {
    test = await startTestApp();
    database = test.app.get(Database);
  });
  afterAll(() => test?.close());

  const insertUser = async (createdAt = test.clock.now()): Promise<string> => {
    const sql = 'INSERT INTO users (role, created_at, updated_at) VALUES (?, ?, ?)';
    return (await database.write(sql, ['user', createdAt, createdAt])).insertId;
  };
  const insertAccount = async (openid: string): Promise<void> => {
    const now = test.clock.now();
    await database.write(
      `INSERT INTO wechat_accounts (user_id, app_id, openid, last_login_at, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?)`,
      [await insertUser(), appId, openid, now, now, now],
    );
  };

  describe('moments', () => {
    const moment = new Date('2026-03-29T01:30:00.007Z');

    it('are kept to the millisecond and in UTC, whichever way they are written', async () => {
      const users = test.dataSource.getRepository(User);
      const written = await insertUser(moment);
      const times = { createdAt: moment, updatedAt: moment };
      const { id: saved } = await users.save({ role: 'user', bannedUntil: moment, ...times } as User);

      const stored = await database.rows<{ text: string }>(
        `SELECT ${isMysql ? "DATE_FORMAT(created_at, '%Y-%m-%d %H:%i:%s.%f')" : 'created_at'} AS text
          FROM users WHERE id IN (?, ?)`,
        [written, saved],
      );
      expect(stored.map(({ text }) => text.slice(0, 23))).toEqual(Array(2).fill('2026-03-29 01:30:00.007'));
      expect((await users.findOneByOrFail({ id: written })).createdAt).toEqual(moment);
      expect((await users.findOneByOrFail({ id: saved })).bannedUntil).toEqual(moment);
    });

    it('mean the same on a server whose clock is set to Shanghai', async () => {
      const id = await insertUser(moment);
      const { DATA_DIR, DATABASE_URL = '' } = test.environment;

      const { stdout, stderr } = await startNode(['--input-type=module', '--eval', READ_AND_WRITE, id], {
        ...{ TZ: 'Asia/Shanghai', NODE_ENV: 'test', DATA_DIR, DATABASE_URL },
        DIST: `file://${built('dist/src/entities.js')}`,
      }).ended;

      expect({ stdout, stderr }).toEqual({ stdout: `-480 ${moment.toISOString()}`, stderr: '' });
      const user = await test.dataSource.getRepository(User).findOneByOrFail({ id });
      expect(user.bannedUntil).toEqual(new Date(moment.getTime() + 1));
    });

    it('compare as moments, not as text', async () => {
      const id = await insertUser(moment);
      const found = (after: string) =>
        database.rows('SELECT id FROM users WHERE id = ? AND created_at > ?', [id, new Date(after)]);

      expect(await found('2026-03-29T01:30:00.006Z')).toHaveLength(1);
      expect(await found('2026-03-29T01:30:00.007Z')).toHaveLength(0);
      expect(await found('2026-03-28T23:59:59.999Z')).toHaveLength(1);
    });
  });

  describe('openids', () => {
    it.each([
      ['letter case', 'oByteExact_aaaaaaaaaaaaaaaaa', 'oByteExact_AAAAAAAAAAAAAAAAA'],
      ['a hyphen for an underscore', 'oByteExact-1', 'oByteExact_1'],
      ['one character more', 'oByteExact_2', 'oByteExact_22'],
    ])('that differ in %s are two', async (_what, one, other) => {
      await insertAccount(one);

      expect(await database.rows(FIND_ACCOUNT, [appId, one])).toHaveLength(1);
      expect(await database.rows(FIND_ACCOUNT, [appId, other])).toHaveLength(0);
      await expect(insertAccount(other)).resolves.toBeUndefined();
    });

    it('that are the same are refused by the table itself', async () => {
      await insertAccount('oTwice');

      await expect(insertAccount('oTwice')).rejects.toThrow(/duplicate|unique/i);
    });
  });

  describe('POST /api/v1/auth/login', () => {
    const email = 'exact@example.com';
    const login = (username: string, password: string) =>
      test.client.post<TokensDto>('/api/v1/auth/login', { username, password });
    beforeAll(async () => {
      const registration = { username: 'Exact1', password: 'Blue-Kettle7', email };
      expect((await test.client.post('/api/v1/auth/register', registration)).status).toBe(201);
    });

    it.each(['exact@example.com ', 'éxact@example.com', 'exact@example.comm', 'exact@example.com\u200b'])(
      'does not take "%s" for exact@example.com',
      async (other) => {
        expect((await login(other, 'Blue-Kettle7')).status).toBe(401);
        expect((await login(email.toUpperCase(), 'Blue-Kettle7')).status).toBe(200);
      },
    );
  });
});

// What another process does: reads the row's moment, then writes it a millisecond later.
const READ_AND_WRITE = `
  await import('reflect-metadata');
  const { entities } = await import(process.env.DIST);
  const { loadEnvironment } = await import(new URL('platform/config/load-environment.js', process.env.DIST));
  const { createDataSource, dataSourceOptions } = await import(new URL('platform/database/data-source.js', process.env.DIST));
  const dataSource = await createDataSource(dataSourceOptions(loadEnvironment(), entities)).initialize();
  const users = dataSource.getRepository('User');
  const { id, createdAt } = await users.findOneByOrFail({ id: process.argv[1] });
  await users.update({ id }, { bannedUntil: new Date(createdAt.getTime() + 1) });
  process.stdout.write(new Date().getTimezoneOffset() + ' ' + createdAt.toISOString());
  await dataSource.destroy();
`;
