import type { TokensDto } from '../../../src/auth/dto/tokens.dto.js';
import type { SessionEventPageDto } from '../../../src/sessions/dto/session-event.dto.js';
import type { SessionDto } from '../../../src/sessions/dto/session.dto.js';
import { whoAmI } from '../../support/caller.js';
import type { Answer } from '../../support/http-client.js';
import { APPS, startWithMiniPrograms } from '../../support/mini-programs.js';
import { outcomes } from '../../support/outcome.js';
import { freshUsername, login, registered } from '../../support/password-users.js';
import { expectProblem } from '../../support/problems.js';
import { sessionRow } from '../../support/session-rows.js';
import type { TestApp } from '../../support/test-app.js';
import { isMysql } from '../../support/test-database.js';

const CROWD = 200;
const LOGIN = '/api/v1/auth/wechat';
const phone = { id: 'the-phone', name: 'Xiaomi 14', platform: 'android' };

jest.setTimeout(120_000); // a crowd takes its time on a busy machine

describe('logging in with WeChat again on the same device', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startWithMiniPrograms();
  });
  afterAll(() => test?.close());

  const enter = async (user: string, device: object = phone, appId: string = APPS.shop.id): Promise<TokensDto> => {
    const code = await test.wechat.code(user, { appId });
    const { status, text, body } = await test.client.post<TokensDto>(LOGIN, { code, appId, device });
    expect({ status, text: status === 200 ? '' : text }).toEqual({ status: 200, text: '' });
    return body;
  };
  const passMinute = () => test.clock.advance({ minutes: 1 });
  const devicesOf = async ({ accessToken: token }: TokensDto) =>
    (await test.client.get<SessionDto[]>('/api/v1/sessions', { token })).body;
  const eventsOf = async ({ accessToken: token, sessionId }: TokensDto) =>
    (await test.client.get<SessionEventPageDto>(`/api/v1/sessions/${sessionId}/events`, { token })).body.items.map(
      ({ type, reason }) => (reason ? `${type} ${reason}` : type),
    );
  const logout = ({ accessToken: token }: TokensDto) => test.client.post('/api/v1/auth/logout', undefined, { token });
  const crowd = <T>(work: (n: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: CROWD }, (_, n) => work(n)));

  it('takes up the session that is there, with new tokens and its times begun anew', async () => {
    const first = await enter('alice');
    const openedAt = test.clock.now();
    test.clock.advance({ days: 3 });
    const second = await enter('alice', { ...phone, name: 'My Xiaomi' });

    expect(second.sessionId).toBe(first.sessionId);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(second).toMatchObject({ isNewUser: false, refreshExpiresIn: 7 * 86_400 });
    expect(await devicesOf(second)).toMatchObject([
      { id: first.sessionId, deviceName: 'My Xiaomi', createdAt: openedAt.toISOString() },
    ]);
    expect(await sessionRow(test.dataSource, first.sessionId)).toMatchObject({
      ...{ generation: 2, firstGeneration: 2, loggedInAt: test.clock.now() },
      absoluteExpiresAt: new Date(test.clock.now().getTime() + 30 * 86_400_000),
    });
    expect(await eventsOf(second)).toEqual(['login wechat', 'login wechat']);
  });

  it('makes the refresh tokens of before dead, whichever comes whenever, and takes none for a theft', async () => {
    const first = await enter('bob');
    const { body: rotated } = await test.client.refresh(first.refreshToken);
    passMinute();
    const second = await enter('bob');

    for (const old of [rotated, first]) {
      expectProblem(await test.client.refresh(old.refreshToken), 401, 'sessions.ended');
      test.clock.advance({ hours: 25 });
      expectProblem(await test.client.refresh(old.refreshToken), 401, 'sessions.ended');
    }
    const { status, body: third } = await test.client.refresh(second.refreshToken);
    expect(status).toBe(200);
    expect(await eventsOf(third)).toEqual(['rotate', 'login wechat', 'rotate', 'login wechat']);
  });

  it('still ends the session when a refresh token of now is used twice', async () => {
    await enter('carol');
    passMinute();
    const stolen = await enter('carol');
    const { body: next } = await test.client.refresh(stolen.refreshToken);
    await whoAmI(test, next.accessToken);
    passMinute();

    expectProblem(await test.client.refresh(stolen.refreshToken), 401, 'sessions.refresh_token_reused');
  });

  it('takes up a session that has expired, and its timeline says so', async () => {
    const first = await enter('dave');
    test.clock.advance({ days: 8 });
    const second = await enter('dave');

    expect(second.sessionId).toBe(first.sessionId);
    expect(await eventsOf(second)).toEqual(['login wechat', 'end expired', 'login wechat']);
    expect((await test.client.refresh(second.refreshToken)).status).toBe(200);
  });

  it.each<[what: string, again: (user: string) => Promise<TokensDto>]>([
    ['on another device', (user) => enter(user, { id: 'another-phone' })],
    ['on a device that does not say which it is', (user) => enter(user, {})],
    ['in another mini-program', (user) => enter(user, phone, APPS.game.id)],
  ])('opens a session of its own %s', async (what, again) => {
    const first = await enter(`erin ${what}`);
    passMinute();
    const second = await again(`erin ${what}`);

    expect(second.sessionId).not.toBe(first.sessionId);
    expect((await test.client.refresh(first.refreshToken)).status).toBe(200);
  });

  it('opens a new session after the last one was ended, which stays ended', async () => {
    const first = await enter('frank');
    await logout(first);
    const second = await enter('frank');

    expect(second.sessionId).not.toBe(first.sessionId);
    expectProblem(await test.client.refresh(first.refreshToken), 401, 'sessions.ended');
    expect(await sessionRow(test.dataSource, first.sessionId)).toMatchObject({ endReason: 'logout', deviceKey: null });
  });

  it('opens a new session also when a server of the release before has ended the last one', async () => {
    const first = await enter('grace');
    const end = `UPDATE sessions SET ended_at = ?, end_reason = 'logout' WHERE id = ?`;
    await test.dataSource.query(end, [test.clock.now(), first.sessionId]);

    expect((await enter('grace')).sessionId).not.toBe(first.sessionId);
    passMinute();
    expect((await enter('grace')).sessionId).not.toBe(first.sessionId);
  });

  it('leaves the sessions of another WeChat user of that device, and those opened by password, alone', async () => {
    const username = freshUsername();
    const first = await enter('heidi');
    const byPassword = [await registered(test, { username, device: phone })];
    passMinute();
    byPassword.push((await login(test, { username, device: phone })).body);
    const other = await enter('ivan');

    expect(new Set([first, other, ...byPassword].map(({ sessionId }) => sessionId)).size).toBe(4);
    for (const { refreshToken } of [first, other, ...byPassword])
      expect((await test.client.refresh(refreshToken)).status).toBe(200);
  });

  it('asks a stolen access token of before to prove who it is, although somebody has just logged in', async () => {
    const stolen = await enter('judy');
    passMinute();
    const owner = await enter('judy');
    const bind = ({ accessToken: token }: TokensDto) =>
      test.client.post('/api/v1/users/me/username', { username: freshUsername(), password: 'Blue-Kettle7' }, { token });

    expectProblem(await bind(stolen), 403, 'auth.reauthentication_required');
    expect((await bind(owner)).status).toBeLessThan(300);
  });

  it('gives 200 first logins at once one session and one pair of tokens, at two servers where there can be two', async () => {
    const servers = isMysql ? [test, await test.sibling()] : [test];
    const codes = await test.wechat.codes('crowd', CROWD);

    const answers = await crowd((n) =>
      servers[n % servers.length]!.client.post<TokensDto>(LOGIN, { code: codes[n], device: phone }),
    );

    expectOneSession(answers);
    expect(await devicesOf(answers[0]!.body)).toHaveLength(1);
    expect((await test.client.refresh(answers[0]!.body.refreshToken)).status).toBe(200);
    await servers[1]?.close();
  });

  it('ends no session when 100 log in again while 100 refresh with the token of before', async () => {
    const first = await enter('mallory');
    passMinute();
    const codes = await test.wechat.codes('mallory', CROWD / 2);

    const answers = await crowd((n) =>
      n % 2
        ? test.client.refresh(first.refreshToken)
        : test.client.post<TokensDto>(LOGIN, { code: codes[n / 2], device: phone }),
    );

    const { 200: good = 0, '401 sessions.ended': superseded = 0 } = outcomes(answers);
    expect([good >= CROWD / 2, good + superseded]).toEqual([true, CROWD]);
    const newest = await enter('mallory');
    expect(newest.sessionId).toBe(first.sessionId);
    expect((await eventsOf(newest)).filter((event) => /^(end|reuse)/.test(event))).toEqual([]);
    expect((await test.client.refresh(newest.refreshToken)).status).toBe(200);
  });
});

function expectOneSession(answers: Answer<TokensDto>[]): void {
  expect(outcomes(answers)).toEqual({ '200': CROWD });
  expect(new Set(answers.map(({ body }) => body.sessionId)).size).toBe(1);
  expect(new Set(answers.map(({ body }) => body.refreshToken)).size).toBe(1);
}
