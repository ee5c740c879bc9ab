import { randomBytes } from 'node:crypto';
import type { TokensDto } from '../../../src/auth/dto/tokens.dto.js';
import { SessionRetention } from '../../../src/sessions/history/session-retention.js';
import { SessionTimeline } from '../../../src/sessions/history/session-timeline.js';
import { countRows } from '../../support/account-rows.js';
import { bulkInsert } from '../../support/bulk-insert.js';
import { registered } from '../../support/password-users.js';
import { sessionRow } from '../../support/session-rows.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { loginWithWechat } from '../../support/wechat-phone.js';

const DAYS = 20;

describe('sessions that are over', () => {
  let test: TestApp;
  beforeEach(async () => {
    test = await startTestApp({ SESSION_HISTORY_DAYS: String(DAYS) });
  });
  afterEach(() => test?.close());

  const sweep = async () => {
    await test.app.get(SessionTimeline).flush();
    await test.app.get(SessionRetention).sweep();
  };
  const logout = ({ accessToken: token }: TokensDto) => test.client.post('/api/v1/auth/logout', undefined, { token });
  const sessions = () => countRows(test, 'sessions');

  it('are kept for SESSION_HISTORY_DAYS after they ended, with their timeline, and then go with it', async () => {
    await logout(await registered(test));
    test.clock.advance({ days: DAYS });
    await sweep();
    expect([await sessions(), await countRows(test, 'session_events')]).toEqual([1, 2]);

    test.clock.advance({ seconds: 1 });
    await sweep();
    expect([await sessions(), await countRows(test, 'session_events')]).toEqual([0, 0]);
  });

  it('are kept as long after they expired; what is still in use stays for ever, with its newest events', async () => {
    const [, { body: used }] = [await registered(test), await loginWithWechat(test, 'faithful')];
    let { refreshToken } = used;
    for (let day = 0; day < 7 + DAYS; day += 3) {
      test.clock.advance({ days: 3 });
      ({ refreshToken } = (await test.client.refresh(refreshToken)).body);
    }
    test.clock.advance({ days: 1 });
    await sweep();

    expect(await sessions()).toBe(1);
    expect((await sessionRow(test.dataSource, used.sessionId)).endedAt).toBeNull();
    expect(await countRows(test, 'session_events')).toBe(7); // of ten
  });

  it('go in pieces: a round that was stopped is taken up by the next', async () => {
    const { sessionId, user } = await registered(test);
    const { createdAt: at, ...row } = await sessionRow(test.dataSource, sessionId);
    const old = Array.from({ length: 1_300 }, (_, i) => ({
      ...{ id: `old-${i}`, user_id: user.id, token: randomBytes(32), generation: 1, seen_generation: 1 },
      ...{ rotated_at: at, expires_at: at, absolute_expires_at: at, ip_address: '::1', user_agent: row.userAgent },
      ...{ login_method: 'wechat', last_seen_at: at, ended_at: i % 2 ? at : null, created_at: at, updated_at: at },
    }));
    await bulkInsert(test.dataSource, 'sessions', old);
    await test.client.refresh((await registered(test)).refreshToken);
    test.clock.advance({ days: DAYS - 1 });
    const { body } = await loginWithWechat(test, 'somebody');
    test.clock.advance({ days: 1, seconds: 1 });
    const retention = test.app.get(SessionRetention);

    const stopped = retention.sweep();
    retention.onApplicationShutdown();
    await stopped;
    const left = await sessions();
    expect(left).toBeGreaterThan(100);
    expect(left).toBeLessThan(1_303);

    const next = await test.sibling();
    await next.app.get(SessionRetention).sweep();
    expect(await sessions()).toBe(3);
    expect((await test.client.refresh(body.refreshToken)).status).toBe(200);
    await next.close();
  });
});
