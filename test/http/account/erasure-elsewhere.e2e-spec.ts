import { AuditErasure } from '../../../src/platform/audit/audit-erasure.js';
import { AuditLog } from '../../../src/platform/audit/audit-log.js';
import { ErasureJanitor } from '../../../src/sessions/erasure/erasure-janitor.js';
import { countRows } from '../../support/account-rows.js';
import { OwnAccount } from '../../support/accounts.js';
import { whoAmI } from '../../support/caller.js';
import { eventually } from '../../support/eventually.js';
import { registered } from '../../support/password-users.js';
import { expectProblem } from '../../support/problems.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { isMysql } from '../../support/test-database.js';

const FELT_WITHIN_MS = 1_000;

describe('an erasure', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ REVOCATION_POLL_MS: '100' });
  });
  afterAll(() => test?.close());

  // Two servers on one database: that is for MySQL only.
  const itOnMysql = isMysql ? it : () => undefined;
  itOnMysql('is felt in under a second at another process, and known to one that starts after it', async () => {
    const other = await test.sibling();
    const mine = await registered(test);
    expect((await whoAmI(other, mine.accessToken)).status).toBe(200);

    await new OwnAccount(test, mine).close();

    const isRefused = async () => (await whoAmI(other, mine.accessToken)).status === 401;
    expect(await eventually(isRefused, FELT_WITHIN_MS)).toBeLessThan(FELT_WITHIN_MS);
    const late = await test.sibling();
    expectProblem(await whoAmI(late, mine.accessToken), 401, 'sessions.ended');
    await late.close();
    await other.close();
  });

  it('leaves the ids of sessions until their access tokens have expired, and not longer', async () => {
    const mine = await registered(test);
    await new OwnAccount(test, mine).close();
    const janitor = test.app.get(ErasureJanitor);
    const left = () => countRows(test, 'erased_sessions', 'id = ?', [mine.sessionId]);

    test.clock.advance({ minutes: 15 });
    await janitor.sweep();
    expect(await left()).toBe(1);
    test.clock.advance({ minutes: 2 });
    await janitor.sweep();
    expect(await left()).toBe(0);
  });

  it('catches up with an event that another process writes a moment later', async () => {
    const { user, ...mine } = await registered(test);
    await new OwnAccount(test, mine).close();
    const audit = test.app.get(AuditLog);
    const client = { ipAddress: '203.0.113.200', userAgent: 'late/1.0' };
    audit.record({ type: 'login', outcome: 'ok', userId: user.id, client, detail: { method: 'password' } });
    await audit.flush();

    await test.app.get(AuditErasure).sweep();

    const written = 'user_id = ? AND (ip_address IS NOT NULL OR user_agent IS NOT NULL)';
    expect(await countRows(test, 'audit_events', written, [user.id])).toBe(0);
  });
});
