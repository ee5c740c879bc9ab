import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import { AuditEvent } from '../../src/platform/audit/audit-event.entity.js';
import { AuditLog } from '../../src/platform/audit/audit-log.js';
import { Database } from '../../src/platform/database/database.js';
import { whoAmI } from '../support/caller.js';
import { eventually } from '../support/eventually.js';
import { freshUsername, login, PASSWORD, register, registered, WRONG_PASSWORD } from '../support/password-users.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { describeTwoServers } from '../support/two-servers.js';
import { loginWithWechat } from '../support/wechat-phone.js';

const APP_ID = 'wx0000000000000001';

describe('the audit trail', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  beforeEach(async () => {
    await test.app.get(AuditLog).flush();
    await events().clear();
  });
  afterAll(() => test?.close());

  const events = () => test.dataSource.getRepository(AuditEvent);
  const written = async (): Promise<AuditEvent[]> => {
    await test.app.get(AuditLog).flush();
    return events().find({ order: { id: 'ASC' } });
  };
  const refresh = async ({ refreshToken }: TokensDto) => (await test.client.refresh(refreshToken)).body;

  describe('of logins', () => {
    it('says who registered, on which session, from where, with what and when', async () => {
      const headers = { 'user-agent': 'MicroMessenger/8.0.50' };
      const body = { username: freshUsername(), password: PASSWORD };

      const { body: tokens } = await test.client.post<TokensDto>('/api/v1/auth/register', body, { headers });

      expect(await written()).toEqual([
        {
          id: expect.any(String),
          type: 'register',
          outcome: 'ok',
          userId: tokens.user.id,
          actorId: null,
          sessionId: tokens.sessionId,
          ipAddress: '127.0.0.1',
          userAgent: 'MicroMessenger/8.0.50',
          detail: null,
          createdAt: test.clock.now(),
        },
      ]);
    });

    it('says who logged in with a password', async () => {
      const { user } = await registered(test, { username: 'Alice01' });
      const { body } = await login(test, { username: 'alice01' });

      expect((await written()).slice(1)).toMatchObject([
        { type: 'login', outcome: 'ok', userId: user.id, sessionId: body.sessionId, detail: { method: 'password' } },
      ]);
    });

    it('says that a password was refused, and names neither what was typed nor whether the user exists', async () => {
      const { user } = await registered(test, { username: 'Target01' });
      await login(test, { username: user.username, password: WRONG_PASSWORD });
      await login(test, { username: 'Nobody01', password: WRONG_PASSWORD });

      const refused = { type: 'login', outcome: 'refused', userId: null, sessionId: null, ipAddress: '127.0.0.1' };
      const [, ...rows] = await written();
      expect(rows).toMatchObject(Array(2).fill({ ...refused, detail: { method: 'password' } }));
      expect(JSON.stringify(rows)).not.toMatch(/Nobody01|Target01/i);
    });

    it('says who logged in with WeChat, to which mini-program, and whether for the first time', async () => {
      const first = (await loginWithWechat(test, 'bob')).body;
      const second = (await loginWithWechat(test, 'bob')).body;

      const ok = { type: 'login', outcome: 'ok', userId: first.user.id };
      expect(await written()).toMatchObject([
        { ...ok, sessionId: first.sessionId, detail: { method: 'wechat', appId: APP_ID, isNewUser: true } },
        { ...ok, sessionId: second.sessionId, detail: { method: 'wechat', appId: APP_ID, isNewUser: false } },
      ]);
    });

    it('says why WeChat refused a login', async () => {
      await test.client.post('/api/v1/auth/wechat', { code: 'made-up-code', appId: APP_ID });

      const detail = { method: 'wechat', appId: APP_ID, reason: 'wechat.login_code_invalid' };
      expect(await written()).toMatchObject([{ type: 'login', outcome: 'refused', userId: null, detail }]);
    });

    it('says nothing of a registration that was refused, nor of a refresh', async () => {
      await register(test, { password: 'kettle' });
      const tokens = await registered(test);
      await refresh(tokens);

      expect((await written()).map(({ type }) => type)).toEqual(['register']);
    });
  });

  describe('of sessions that end', () => {
    const endings = async () => (await written()).filter(({ type }) => type === 'session.ended');
    const reused = (tokens: TokensDto, reuse: string) => ({
      outcome: 'ok',
      userId: tokens.user.id,
      sessionId: tokens.sessionId,
      detail: { reason: 'refresh_token_reused', class: reuse },
    });

    it('says that their owner logged out', async () => {
      const { accessToken, sessionId, user } = await registered(test);
      await test.client.post('/api/v1/auth/logout', undefined, { token: accessToken });

      expect(await endings()).toMatchObject([{ userId: user.id, sessionId, detail: { reason: 'logout' } }]);
    });

    it('says of each that its owner signed it out from another device, and that only once', async () => {
      const username = freshUsername();
      const [first, second] = [await registered(test, { username }), (await login(test, { username })).body];
      const current = (await login(test, { username })).body;
      const end = (path: string) => test.client.delete(`/api/v1/sessions${path}`, { token: current.accessToken });
      await end(`/${first.sessionId}`);
      await end(`/${first.sessionId}`);
      test.clock.advance({ seconds: 1 });
      await end('');
      await end('');

      expect(await endings()).toMatchObject([
        { sessionId: first.sessionId, detail: { reason: 'ended_by_user' } },
        { sessionId: second.sessionId, detail: { reason: 'ended_by_user' } },
      ]);
    });

    it('says ancestor when a token older than the parent was used', async () => {
      const first = await registered(test);
      await refresh(await refresh(first));
      await refresh(first);

      expect(await endings()).toMatchObject([reused(first, 'ancestor')]);
    });

    it('says parent_after_successor_seen when the parent was used after its successor', async () => {
      const first = await registered(test);
      await whoAmI(test, (await refresh(first)).accessToken);
      test.clock.advance({ seconds: 31 });
      await refresh(first);

      expect(await endings()).toMatchObject([reused(first, 'parent_after_successor_seen')]);
    });

    it('says parent_too_late when the lost answer was asked for after a day', async () => {
      const first = await registered(test);
      await refresh(first);
      test.clock.advance({ hours: 24, seconds: 1 });
      await refresh(first);

      expect(await endings()).toMatchObject([reused(first, 'parent_too_late')]);
    });

    it('says it once, however often the old token is tried at the same time', async () => {
      const first = await registered(test);
      await refresh(await refresh(first));
      await Promise.all(Array.from({ length: 20 }, () => refresh(first)));

      expect(await endings()).toHaveLength(1);
    });
  });

  describe('is written behind the requests', () => {
    it('by itself, soon', async () => {
      await registered(test);

      await eventually(async () => (await events().count()) === 1, 10_000);
    });

    it('later, without losing or doubling anything, when the database is away', async () => {
      const database = test.app.get(Database);
      const insert = jest.spyOn(database, 'transaction').mockRejectedValue(new Error('the database is away'));
      const ids = [(await registered(test)).sessionId, (await registered(test)).sessionId];
      await test.app.get(AuditLog).flush();
      expect(insert).toHaveBeenCalled();
      insert.mockRestore();

      expect((await written()).map(({ sessionId }) => sessionId)).toEqual(ids);
    });

    describeTwoServers('on two servers', () => {
      it('completely before one of them stops', async () => {
        const sibling = await test.sibling();
        const { sessionId } = await registered(sibling);

        await sibling.close();

        expect(await events().countBy({ sessionId })).toBe(1);
      });
    });
  });
});
