import { countRows } from '../support/account-rows.js';
import { eventually } from '../support/eventually.js';
import { APPS, newUnionid, startWithMiniPrograms } from '../support/mini-programs.js';
import type { TestApp } from '../support/test-app.js';
import { isMysql } from '../support/test-database.js';
import { UserMerge } from '../../src/auth/admin/user-merge.js';
import { Database } from '../../src/platform/database/database.js';
import { SessionMoving } from '../../src/sessions/session-moving.js';
import { SessionsService } from '../../src/sessions/sessions.service.js';
import { UserMerging } from '../../src/users/merging/user-merging.js';
import type { UserSummary } from '../../src/users/user-summary.js';
import { UsersService } from '../../src/users/users.service.js';

const client = { ipAddress: '203.0.113.9', userAgent: 'test' };
const sessionKey = 'AAAAAAAAAAAAAAAAAAAAAA==';

describe('A login that found its user just before a merge', () => {
  let test: TestApp;
  let users: UsersService;
  beforeAll(async () => {
    test = await startWithMiniPrograms();
    users = test.app.get(UsersService);
  });
  afterAll(() => test?.close());

  let made = 0;
  const newcomer = async (unionid?: string): Promise<UserSummary> => {
    const login = { appId: APPS.shop.id, openid: `oUnderWay${++made}`, sessionKey, unionid };
    return (await users.findOrCreateByWechat(login)).user;
  };
  const openSession = (user: UserSummary) => test.app.get(SessionsService).open(user, { method: 'wechat', client });
  const sessionsOf = ({ id }: UserSummary) => countRows(test, 'sessions', 'user_id = ?', [id]);

  it('opens its session for the user that lives on', async () => {
    const [from, into] = [await newcomer(), await newcomer()];
    const caller = { userId: into.id, sessionId: '', generation: 1, role: 'admin' as const };
    await test.app.get(UserMerge).merge({ from: from.id, into: into.id }, { caller, client });

    await openSession(from);

    expect([await sessionsOf(from), await sessionsOf(into)]).toEqual([0, 1]);
  });

  // SQLite lets one transaction run at a time: there is no "under way".
  (isMysql ? it : it.skip)('waits for a merge that is under way, then writes to the user that lives on', async () => {
    const unionid = newUnionid();
    const [from, into] = [await newcomer(unionid), await newcomer()];
    const pair = { from: from.id, into: into.id };
    const merging = test.app.get(UserMerging);

    const writes = await test.app.get(Database).transaction(async (statements) => {
      await merging.lock(statements, pair);
      const login = { appId: APPS.game.id, openid: 'oUnderWayToo', sessionKey, unionid };
      const waiting = [openSession(from), users.findOrCreateByWechat(login)];
      await eventually(async () => (await waitingInserts(test)) === waiting.length, 4_000);
      await merging.move(statements, pair);
      await test.app.get(SessionMoving).move(statements, pair);
      return { waiting };
    });
    await Promise.all(writes.waiting);

    expect([await sessionsOf(from), await sessionsOf(into)]).toEqual([0, 1]);
    expect(await countRows(test, 'wechat_accounts', 'user_id = ?', [from.id])).toBe(0);
    expect(await countRows(test, 'wechat_accounts', 'user_id = ?', [into.id])).toBe(3);
  });
});

/** How many inserts on this test's database wait for the row they read: InnoDB locks it while it plans. */
async function waitingInserts({ dataSource }: TestApp): Promise<number> {
  const [row] = await dataSource.query<{ n: string | number }[]>(
    `SELECT COUNT(*) AS n FROM information_schema.processlist
      WHERE db = DATABASE() AND info LIKE 'INSERT INTO %' AND state = 'statistics'`,
  );
  return Number(row!.n);
}
