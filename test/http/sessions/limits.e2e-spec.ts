import type { TokensDto } from '../../../src/auth/dto/tokens.dto.js';
import { AuditLog } from '../../../src/platform/audit/audit-log.js';
import type { SessionEventPageDto } from '../../../src/sessions/dto/session-event.dto.js';
import type { SessionDto } from '../../../src/sessions/dto/session.dto.js';
import { SessionActivity } from '../../../src/sessions/live/session-activity.js';
import { whoAmI } from '../../support/caller.js';
import type { Answer } from '../../support/http-client.js';
import { eventuallyFound } from '../../support/eventually.js';
import { outcomes } from '../../support/outcome.js';
import { PATIENT } from '../../support/mini-programs.js';
import { freshUsername, login, registered } from '../../support/password-users.js';
import { expectProblem } from '../../support/problems.js';
import { isMysql } from '../../support/test-database.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { loginWithWechat } from '../../support/wechat-phone.js';

const CROWD = 200;
const LIMIT = 5;
const LIMITS = { ...PATIENT, MAX_SESSIONS_PER_USER: String(LIMIT), MAX_SESSIONS_PER_PLATFORM: '3' };

jest.setTimeout(120_000); // a crowd takes its time on a busy machine

type Row = { end_reason: string | null; n: number | string };

/** How many sessions of the user are open, and how many ended why. */
async function tally(test: TestApp, userId: string): Promise<Record<string, number>> {
  const sql = 'SELECT end_reason, COUNT(*) AS n FROM sessions WHERE user_id = ? GROUP BY end_reason';
  const rows = await test.dataSource.query<Row[]>(sql, [userId]);
  return Object.fromEntries(rows.map(({ end_reason: reason, n }) => [reason ?? 'open', Number(n)]));
}

/** 200 logins of one WeChat user, each from a device of its own, on two platforms. */
async function loginAtOnce(servers: TestApp[], user: string): Promise<Answer<TokensDto>[]> {
  const codes = await servers[0]!.wechat.codes(user, CROWD);
  const enter = (code: string, n: number) => {
    const device = { id: `device-${n}`, platform: n % 4 > 1 ? 'ios' : 'android' };
    return servers[n % servers.length]!.client.post<TokensDto>('/api/v1/auth/wechat', { code, device });
  };
  return Promise.all(codes.map(enter));
}

describe('when somebody is signed in on too many devices', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp(LIMITS);
  });
  afterAll(() => test?.close());

  const enter = async (username: string, platform: string | null = null): Promise<TokensDto> => {
    test.clock.advance({ seconds: 1 });
    return (await login(test, { username, device: { platform } })).body;
  };
  /** Sessions of somebody new, oldest first: two on each platform, up to the limit. */
  async function upToLimit(): Promise<{ username: string; sessions: TokensDto[] }> {
    const username = freshUsername();
    const sessions = [await registered(test, { username })];
    for (let i = 1; i < LIMIT; i++) sessions.push(await enter(username, ['ios', 'android'][i % 2]));
    return { username, sessions };
  }
  const listed = async ({ accessToken: token }: TokensDto) =>
    (await test.client.get<SessionDto[]>('/api/v1/sessions', { token })).body.map(({ id }) => id);

  it('signs the device out that was not used for longest, at once and with the reason', async () => {
    const { username, sessions } = await upToLimit();
    const newest = await enter(username, 'windows');

    const [oldest, ...others] = sessions as [TokensDto, ...TokensDto[]];
    expect(await listed(newest)).toEqual([newest, ...others.toReversed()].map(({ sessionId }) => sessionId));
    expectProblem(await whoAmI(test, oldest.accessToken), 401, 'sessions.ended');
    expectProblem(await test.client.refresh(oldest.refreshToken), 401, 'sessions.ended');
    const { body } = await test.client.get<SessionEventPageDto>(`/api/v1/sessions/${oldest.sessionId}/events`, {
      token: newest.accessToken,
      headers: { 'accept-language': 'en' },
    });
    expect(body.items[0]).toMatchObject({
      ...{ type: 'end', reason: 'session_limit', ipAddress: '127.0.0.1' },
      message: 'There were too many devices: the one unused for longest was signed out',
    });
  });

  it('goes by when a device was last used, not by when it logged in', async () => {
    const { username, sessions } = await upToLimit();
    test.clock.advance({ minutes: 2 });
    await whoAmI(test, sessions[0]!.accessToken);
    await test.app.get(SessionActivity).flush();
    const newest = await enter(username, 'windows');

    const left = await listed(newest);
    expect(left).toContain(sessions[0]!.sessionId);
    expect(left).not.toContain(sessions[1]!.sessionId);
  });

  it('counts each platform for itself', async () => {
    const username = freshUsername();
    await registered(test, { username });
    const phones = [await enter(username, 'ios'), await enter(username, 'ios'), await enter(username, 'ios')];
    const newest = await enter(username, 'ios');

    const left = await listed(newest);
    expect(left).toHaveLength(4);
    expect(left).not.toContain(phones[0]!.sessionId);
  });

  it('counts neither what has ended nor what has expired, nor the sessions of others', async () => {
    const { username, sessions } = await upToLimit();
    await test.client.post('/api/v1/auth/logout', undefined, { token: sessions[4]!.accessToken });
    await upToLimit();
    const { user } = await enter(username, 'windows');
    expect(await tally(test, user.id)).toEqual({ open: LIMIT, logout: 1 });

    test.clock.advance({ days: 8 });
    await enter(username, 'windows');
    expect(await tally(test, user.id)).toEqual({ open: LIMIT + 1, logout: 1 });
  });

  it('tells the audit trail once for each session', async () => {
    const { username, sessions } = await upToLimit();
    await enter(username, 'windows');
    await enter(username, 'windows');
    await test.app.get(AuditLog).flush();

    const sql = "SELECT session_id, detail FROM audit_events WHERE type = 'session.ended' AND user_id = ? ORDER BY id";
    const rows = await test.dataSource.query<{ session_id: string; detail: unknown }[]>(sql, [sessions[0]!.user.id]);
    expect(rows.map(({ session_id }) => session_id)).toEqual(sessions.slice(0, 2).map(({ sessionId }) => sessionId));
    expect(JSON.stringify(rows)).toContain('session_limit');
  });

  it('leaves exactly as many as may be after 200 logins at once, at two servers where there can be two', async () => {
    const { body: first } = await loginWithWechat(test, 'crowd');

    const servers = isMysql ? [test, await test.sibling()] : [test];
    const answers = await loginAtOnce(servers, 'crowd');

    expect(outcomes(answers)).toEqual({ 200: CROWD });
    expect(await tally(test, first.user.id)).toEqual({ open: LIMIT, session_limit: CROWD + 1 - LIMIT });
    const uses = () =>
      Promise.all(answers.map(({ body }, n) => whoAmI(servers[n % servers.length]!, body.accessToken)));
    const alive = async () => outcomes(await uses())[200];
    await eventuallyFound('each server knows which have ended', async () => (await alive()) === LIMIT);
    await servers[1]?.close();
  });
});
