import { v7 as uuidv7 } from 'uuid';
import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import type { SessionDto } from '../../src/sessions/dto/session.dto.js';
import { whoAmI } from '../support/caller.js';
import { outcome } from '../support/outcome.js';
import { freshUsername, login, registered } from '../support/password-users.js';
import { expectProblem } from '../support/problems.js';
import { sessionRow } from '../support/session-rows.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { loginWithWechat } from '../support/wechat-phone.js';

describe('the sessions of a user', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test?.close());

  /** Somebody with as many sessions as asked for, oldest first, a second apart. */
  async function signedIn(count: number): Promise<TokensDto[]> {
    const username = freshUsername();
    const sessions = [await registered(test, { username })];
    while (sessions.length < count) {
      test.clock.advance({ seconds: 1 });
      sessions.push((await login(test, { username })).body);
    }
    return sessions;
  }

  const list = async ({ accessToken }: TokensDto) =>
    (await test.client.get<SessionDto[]>('/api/v1/sessions', { token: accessToken })).body;
  const end = ({ accessToken }: TokensDto, id: string) =>
    test.client.delete(`/api/v1/sessions/${id}`, { token: accessToken });
  const endOthers = ({ accessToken }: TokensDto) => test.client.delete('/api/v1/sessions', { token: accessToken });
  const idsOf = (sessions: { id?: string; sessionId?: string }[]) =>
    sessions.map(({ id, sessionId }) => id ?? sessionId);

  async function expectOver(tokens: TokensDto): Promise<void> {
    expectProblem(await whoAmI(test, tokens.accessToken), 401, 'sessions.ended');
    expectProblem(await test.client.refresh(tokens.refreshToken), 401, 'sessions.ended');
  }
  async function expectAlive(tokens: TokensDto): Promise<void> {
    expect(outcome(await whoAmI(test, tokens.accessToken))).toBe('200');
    expect(outcome(await test.client.refresh(tokens.refreshToken))).toBe('200');
  }

  describe('GET /api/v1/sessions', () => {
    it('lists the devices newest first, and marks the one that is asking', async () => {
      const [first, second, third] = (await signedIn(3)) as [TokensDto, TokensDto, TokensDto];

      const listed = await list(second);

      expect(idsOf(listed)).toEqual(idsOf([third, second, first]));
      expect(listed.map(({ current }) => current)).toEqual([false, true, false]);
      expect(listed.map(({ loginMethod }) => loginMethod)).toEqual(['password', 'password', 'register']);
    });

    it('says of each what its owner needs to know it again, and nothing else', async () => {
      const device = { id: 'device-of-mine', name: '我的小米', platform: 'android', model: '23127PN0CC' };
      const { body: tokens } = await loginWithWechat(test, 'lister', { device });
      const openedAt = test.clock.now();

      expect(await list(tokens)).toEqual([
        {
          id: tokens.sessionId,
          current: true,
          deviceName: '我的小米',
          platform: 'android',
          appId: 'wx0000000000000001',
          ipAddress: '127.0.0.1',
          loginMethod: 'wechat',
          createdAt: openedAt.toISOString(),
          lastSeenAt: openedAt.toISOString(),
          expiresAt: new Date(openedAt.getTime() + 604_800_000).toISOString(),
        },
      ]);
    });

    it.each([
      ['its name', { name: 'Xiaomi 14', model: '23127PN0CC' }, 'Xiaomi 14'],
      ['its model when it has no name', { model: '23127PN0CC' }, '23127PN0CC'],
      ['nothing when it says nothing', {}, null],
    ])('calls a device by %s', async (_what, device, deviceName) => {
      const tokens = await registered(test, { device });

      expect(await list(tokens)).toMatchObject([{ deviceName, platform: null, appId: null }]);
    });

    it('leaves out sessions that have ended or expired, and those of others', async () => {
      const [old, ended, current] = (await signedIn(3)) as [TokensDto, TokensDto, TokensDto];
      await registered(test);
      await end(current, ended.sessionId);
      test.clock.advance({ minutes: 10 });
      const { body: refreshed } = await test.client.refresh(current.refreshToken);
      expect(idsOf(await list(refreshed))).toEqual(idsOf([current, old]));

      test.clock.advance({ days: 7, minutes: -5 });
      const { body: latest } = await test.client.refresh(refreshed.refreshToken);
      expect(idsOf(await list(latest))).toEqual(idsOf([current]));
    });

    it('moves the idle end on when a device refreshes', async () => {
      const [tokens] = (await signedIn(1)) as [TokensDto];
      test.clock.advance({ hours: 5 });
      const { body: refreshed } = await test.client.refresh(tokens.refreshToken);

      const expiresAt = new Date(test.clock.now().getTime() + 604_800_000).toISOString();
      expect(await list(refreshed)).toMatchObject([{ expiresAt, lastSeenAt: test.clock.now().toISOString() }]);
    });
  });

  describe('DELETE /api/v1/sessions/:id', () => {
    it('signs one device out at once, and no other', async () => {
      const [lost, other, current] = (await signedIn(3)) as [TokensDto, TokensDto, TokensDto];

      const answer = await end(current, lost.sessionId);

      expect([answer.status, answer.text]).toEqual([204, '']);
      await expectOver(lost);
      await expectAlive(other);
      await expectAlive(current);
      expect(await sessionRow(test.dataSource, lost.sessionId)).toMatchObject({
        ...{ endReason: 'ended_by_user', endedAt: test.clock.now() },
      });
    });

    it('signs the asking device itself out', async () => {
      const [current] = (await signedIn(1)) as [TokensDto];

      expect((await end(current, current.sessionId)).status).toBe(204);
      await expectOver(current);
    });

    it('does not mind that the device is out already, and leaves when and why as they were', async () => {
      const [ended, current] = (await signedIn(2)) as [TokensDto, TokensDto];
      await test.client.post('/api/v1/auth/logout', undefined, { token: ended.accessToken });
      const endedAt = test.clock.now();
      test.clock.advance({ minutes: 1 });

      expect((await end(current, ended.sessionId)).status).toBe(204);
      expect(await sessionRow(test.dataSource, ended.sessionId)).toMatchObject({ endReason: 'logout', endedAt });
    });

    it('finds no session of another user, and leaves it alone', async () => {
      const [mine] = (await signedIn(1)) as [TokensDto];
      const [theirs] = (await signedIn(1)) as [TokensDto];

      expectProblem(await end(mine, theirs.sessionId), 404, 'sessions.not_found');
      expect((await sessionRow(test.dataSource, theirs.sessionId)).endedAt).toBeNull();
      await expectAlive(theirs);
    });

    it('answers the same for a session that never was and for what is no session id', async () => {
      const [mine] = (await signedIn(1)) as [TokensDto];

      for (const id of [uuidv7(), 'not-a-uuid', '%00', "'%20OR%201=1", '-1'])
        expectProblem(await end(mine, id), 404, 'sessions.not_found');
      await expectAlive(mine);
    });
  });

  describe('DELETE /api/v1/sessions', () => {
    it('signs out every device but the one that is asking', async () => {
      const [first, second, current] = (await signedIn(3)) as [TokensDto, TokensDto, TokensDto];
      const [stranger] = (await signedIn(1)) as [TokensDto];

      const answer = await endOthers(current);

      expect([answer.status, answer.text]).toEqual([204, '']);
      for (const tokens of [first, second]) await expectOver(tokens);
      expect(idsOf(await list(current))).toEqual(idsOf([current]));
      await expectAlive(current);
      await expectAlive(stranger);
    });

    it('does not mind that there is no other', async () => {
      const [current] = (await signedIn(1)) as [TokensDto];

      expect((await endOthers(current)).status).toBe(204);
      expect((await endOthers(current)).status).toBe(204);
      await expectAlive(current);
    });
  });
});
