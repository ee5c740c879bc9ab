import { v7 as uuidv7 } from 'uuid';
import type { TokensDto } from '../../../src/auth/dto/tokens.dto.js';
import type { SessionEventDto, SessionEventPageDto } from '../../../src/sessions/dto/session-event.dto.js';
import { SessionTimeline } from '../../../src/sessions/history/session-timeline.js';
import { Admin } from '../../support/admins.js';
import type { Answer } from '../../support/http-client.js';
import { freshUsername, login, registered } from '../../support/password-users.js';
import { expectProblem } from '../../support/problems.js';
import { statementsDuring } from '../../support/statements.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { loginWithWechat } from '../../support/wechat-phone.js';

describe('GET /api/v1/sessions/:id/events', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ TRUSTED_PROXIES: '127.0.0.1' });
  });
  afterAll(() => test?.close());

  const ask = <Body = SessionEventPageDto>(
    asking: TokensDto,
    id: string,
    query: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> =>
    test.client.get<Body>(`/api/v1/sessions/${id}/events?${new URLSearchParams(query).toString()}`, {
      token: asking.accessToken,
      headers,
    });
  const eventsOf = async (asking: TokensDto, id: string): Promise<SessionEventDto[]> =>
    (await ask(asking, id)).body.items;
  const brief = (events: SessionEventDto[]) => events.map(({ type, reason }) => (reason ? `${type} ${reason}` : type));
  const refreshed = async (refreshToken: string): Promise<TokensDto> => (await test.client.refresh(refreshToken)).body;
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
  const passMinute = () => test.clock.advance({ minutes: 1 });

  /** Two sessions of one person: one to ask about, and one that asks when the other is over. */
  async function twoDevices(): Promise<{ phone: TokensDto; laptop: TokensDto }> {
    const username = freshUsername();
    const phone = await registered(test, { username });
    return { phone, laptop: (await login(test, { username })).body };
  }

  it('tells when, how and from where somebody logged in, refreshed and logged out, newest first', async () => {
    const { client, clock } = test;
    const username = freshUsername();
    const laptop = await registered(test, { username });
    const at = [clock.now()];
    const phone = (await login(test, { username }, { 'x-forwarded-for': '203.0.113.1' })).body;
    passMinute();
    at.unshift(clock.now());
    const body = { refreshToken: phone.refreshToken };
    const next = await client.send<TokensDto>('POST', '/api/v1/auth/refresh', { body, ...from('203.0.113.2') });
    passMinute();
    at.unshift(clock.now());
    await client.send('POST', '/api/v1/auth/logout', { token: next.body.accessToken, ...from('2001:db8::3') });

    const { status, body: page } = await ask(laptop, phone.sessionId);

    const [end, rotate, begin] = at.map((time) => time.toISOString());
    expect(status).toBe(200);
    expect(page).toEqual({
      items: [
        { type: 'end', reason: 'logout', message: '在这台设备上退出登录', ipAddress: '2001:db8::3', createdAt: end },
        { type: 'rotate', reason: null, message: '续期', ipAddress: '203.0.113.2', createdAt: rotate },
        { type: 'login', reason: 'password', message: '密码登录', ipAddress: '203.0.113.1', createdAt: begin },
      ],
      nextBefore: null,
    });
  });

  it.each<[reason: string, cause: (devices: { phone: TokensDto; laptop: TokensDto }) => Promise<unknown>]>([
    [
      'ended_by_user',
      ({ phone, laptop }) => test.client.delete(`/api/v1/sessions/${phone.sessionId}`, { token: laptop.accessToken }),
    ],
    ['ended_by_user', ({ laptop }) => test.client.delete('/api/v1/sessions', { token: laptop.accessToken })],
    [
      'ended_by_admin',
      async ({ phone }) => {
        const admin = await Admin.start(test);
        return admin.ask('DELETE', `/users/${phone.user.id}/sessions/${phone.sessionId}`);
      },
    ],
  ])('says %s of a session that was ended from elsewhere', async (reason, cause) => {
    const devices = await twoDevices();
    await cause(devices);

    const [end] = await eventsOf(devices.laptop, devices.phone.sessionId);

    const ipAddress = reason === 'ended_by_admin' ? null : '127.0.0.1'; // where an admin sits is not told
    expect(end).toMatchObject({ type: 'end', reason, ipAddress });
  });

  it.each<[reuse: string, message: string, cause: (first: TokensDto) => Promise<TokensDto>]>([
    [
      'ancestor',
      'Somebody used a refresh token that had been replaced long before',
      async (first) => {
        await refreshed((await refreshed(first.refreshToken)).refreshToken);
        return first;
      },
    ],
    [
      'parent_after_successor_seen',
      'Somebody used the previous refresh token although the device had received the new one',
      async (first) => {
        const { accessToken } = await refreshed(first.refreshToken);
        await test.client.get('/api/v1/users/me', { token: accessToken });
        passMinute();
        return first;
      },
    ],
    [
      'parent_too_late',
      'Somebody used the previous refresh token after the time for asking again was over',
      async (first) => {
        await refreshed(first.refreshToken);
        test.clock.advance({ hours: 25 });
        return first;
      },
    ],
  ])('classifies a token used twice: %s', async (reuse, message, cause) => {
    const { phone, laptop } = await twoDevices();
    const stolen = await cause(phone);
    await test.client.send('POST', '/api/v1/auth/refresh', { body: { refreshToken: stolen.refreshToken } });
    const { body: asking } = await test.client.refresh(laptop.refreshToken);

    const { items } = (await ask(asking, phone.sessionId, {}, { 'accept-language': 'en' })).body;

    expect(brief(items).slice(0, 2)).toEqual(['end refresh_token_reused', `reuse ${reuse}`]);
    expect(items[1]!.message).toBe(message);
    expect(items[0]!.message).toMatch(/^A refresh token was used again/);
  });

  it('says expired of a session that nobody used any more, at the moment it expired', async () => {
    const { body: phone } = await loginWithWechat(test, 'absent');
    const expiredAt = new Date(test.clock.now().getTime() + 7 * 24 * 3600 * 1000);
    test.clock.advance({ days: 9 });
    const { body: back } = await loginWithWechat(test, 'absent');

    const [end, begin] = await eventsOf(back, phone.sessionId);

    expect(end).toMatchObject({ type: 'end', reason: 'expired', ipAddress: null, createdAt: expiredAt.toISOString() });
    expect(begin).toMatchObject({ type: 'login', reason: 'wechat' });
  });

  it('knows the end from the row of the session, also when a killed process took the events with it', async () => {
    const { phone, laptop } = await twoDevices();
    await test.app.get(SessionTimeline).flush();
    const endedAt = test.clock.now();
    const end = `UPDATE sessions SET ended_at = ?, end_reason = 'session_limit' WHERE id = ?`;
    await test.dataSource.query(end, [endedAt, phone.sessionId]);

    expect(brief(await eventsOf(laptop, phone.sessionId))).toEqual(['end session_limit', 'login register']);
  });

  it('pages by key, and no page misses or repeats anything', async () => {
    const { phone, laptop } = await twoDevices();
    let { refreshToken } = phone;
    for (let i = 0; i < 6; i++) {
      if (i % 2) passMinute(); // some at the same moment
      ({ refreshToken } = await refreshed(refreshToken));
    }
    await test.client.delete(`/api/v1/sessions/${phone.sessionId}`, { token: laptop.accessToken });
    const whole = await eventsOf(laptop, phone.sessionId);

    for (const limit of ['1', '3', '8']) {
      const pages: SessionEventDto[] = [];
      let before: string | null | undefined;
      do {
        const { body } = await ask(laptop, phone.sessionId, { limit, ...(before && { before }) });
        pages.push(...body.items);
        before = body.nextBefore;
      } while (before);
      expect(pages).toEqual(whole);
    }
    expect(whole).toHaveLength(8);
  });

  it.each([[{ limit: '0' }], [{ limit: '201' }], [{ limit: 'all' }], [{ before: 'x' }], [{ before: '1-x' }]])(
    'refuses %j',
    async (query) => {
      const { phone } = await twoDevices();

      expectProblem(await ask(phone, phone.sessionId, query as Record<string, string>), 400, 'request.invalid');
    },
  );

  it('is for the owner only, and answers the same for a session that never was', async () => {
    const [mine, theirs] = [await registered(test), await registered(test)];
    const admin = await Admin.start(test);

    for (const id of [theirs.sessionId, uuidv7(), 'not-a-uuid', "'%20OR%201=1"])
      expectProblem(await ask(mine, id), 404, 'sessions.not_found');
    expectProblem(await ask(admin.tokens, theirs.sessionId), 404, 'sessions.not_found');
  });

  it('costs logins and refreshes no statement: 300 events are written behind them in 3', async () => {
    const tokens = await registered(test);
    const timeline = test.app.get(SessionTimeline);
    await timeline.flush();
    for (let i = 0; i < 300; i++)
      timeline.note({ sessionId: i % 3 ? tokens.sessionId : uuidv7(), type: 'rotate', at: test.clock.now() });

    const statements = await statementsDuring(test.dataSource, () => timeline.flush());

    expect(statements.filter((sql) => sql.startsWith('INSERT INTO session_events')).length).toBe(3);
    expect((await ask(tokens, tokens.sessionId, { limit: '200' })).body.nextBefore).not.toBeNull();
    expect(await eventsOf(tokens, tokens.sessionId)).toHaveLength(50);
  });

  it('goes when the session goes', async () => {
    const tokens = await registered(test);
    await test.app.get(SessionTimeline).flush();
    await test.dataSource.query('DELETE FROM sessions WHERE id = ?', [tokens.sessionId]);

    const sql = 'SELECT id FROM session_events WHERE session_id = ?';
    expect(await test.dataSource.query(sql, [tokens.sessionId])).toEqual([]);
  });
});
