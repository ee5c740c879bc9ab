import { randomBytes } from 'node:crypto';
import { OneTimeJanitor } from '../../src/platform/one-time/one-time-janitor.js';
import { FIND_EXPIRED, FIND_ONE_TIME_RESULT } from '../../src/platform/one-time/one-time-store.js';
import { bulkInsert } from '../support/bulk-insert.js';
import { explain, lookupsDuring } from '../support/query-plans.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { isMysql } from '../support/test-database.js';

const EXPIRED = 1_000;
const CURRENT = 3_000;

describe('the table of one-time results', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
    const now = test.clock.now();
    const rows = Array.from({ length: EXPIRED + CURRENT }, (_, i) => ({
      ...{ id: randomBytes(32), requester: randomBytes(32), state: 'done', result: 'x' },
      expires_at: new Date(now.getTime() + (i < EXPIRED ? -1_000 - i : 60_000 + i)),
      ...{ created_at: now, updated_at: now },
    }));
    await bulkInsert(test.dataSource, 'one_time_results', rows);
    await test.dataSource.query(isMysql ? 'ANALYZE TABLE one_time_results' : 'ANALYZE');
  });
  afterAll(() => test?.close());

  const count = async (): Promise<number> => {
    const [row] = await test.dataSource.query<{ n: number }[]>('SELECT COUNT(*) AS n FROM one_time_results');
    return Number(row!.n);
  };

  it('is looked into by its keys: for a code, and for what has expired', async () => {
    const code = await explain(test.dataSource, FIND_ONE_TIME_RESULT, [randomBytes(32)]);
    const expired = await explain(test.dataSource, FIND_EXPIRED, [new Date(test.clock.now().getTime() - 1_500), 200]);

    expect(code.map(({ key }) => key ?? 'the whole table')).not.toContain('the whole table');
    expect(expired).toEqual([{ table: 'one_time_results', key: 'ix_one_time_results_expires_at' }]);
  });

  it('is cleared of what has expired, in pieces, and of nothing else', async () => {
    const before = await count();
    const statements = await lookupsDuring(test.dataSource, () => test.app.get(OneTimeJanitor).sweep());
    const deletes = statements.filter(({ sql }) => sql.startsWith('DELETE'));

    expect(await count()).toBe(before - EXPIRED);
    expect(deletes.map(({ parameters }) => parameters.length - 1)).toEqual([500, 500]);
  });
});
