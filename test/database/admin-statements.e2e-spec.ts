import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { DeliveryWorker } from '../../src/platform/webhooks/deliveries/delivery-worker.js';
import { Admin } from '../support/admins.js';
import { bulkInsert } from '../support/bulk-insert.js';
import { explain, lookupsDuring } from '../support/query-plans.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { isMysql } from '../support/test-database.js';

const ROWS = 4_000;
const TABLES = ['users', 'wechat_accounts', 'sessions', 'audit_events', 'webhook_deliveries'];
const now = new Date();
const ago = (i: number) => new Date(now.getTime() - (i + 1) * 60_000);
const webhookId = uuidv7();

async function fill({ dataSource }: TestApp): Promise<void> {
  const numbers = Array.from({ length: ROWS }, (_, i) => i + 1_000);
  const times = { created_at: ago(0), updated_at: ago(0) };
  const users = numbers.map((id) => {
    const name = { username: `User${id}`, username_key: `user${id}`, email: `user${id}@example.com` };
    return { id, ...name, role: 'user', banned_until: id % 100 ? null : new Date(now.getTime() + 1e9), ...times };
  });
  const accounts = numbers.map((id) => {
    return { user_id: id, app_id: 'wx0000000000000001', openid: `o-${id}`, last_login_at: ago(0), ...times };
  });
  const events = numbers.map((id, i) => {
    const [type, outcome] = i % 50 ? ['login', 'ok'] : ['user.banned', 'ok'];
    return { user_id: id, actor_id: i % 50 ? null : 1_000, session_id: uuidv7(), type, outcome, created_at: ago(i) };
  });
  const sessions = numbers.map((user_id) => ({
    ...{ id: uuidv7(), user_id, token: randomBytes(32), generation: 1, seen_generation: 0, rotated_at: ago(0) },
    ...{ expires_at: now, absolute_expires_at: now, ip_address: '203.0.113.9', user_agent: 'test' },
    ...{ login_method: 'wechat', last_seen_at: ago(0), ended_at: user_id % 10 ? null : ago(100), ...times },
  }));
  const endpoint = { id: webhookId, url: 'http://127.0.0.1:1/', types: '["user.merged"]', ...times };
  const deliveries = numbers.map((_, i) => ({
    ...{
      id: uuidv7(),
      endpoint_id: webhookId,
      type: 'login',
      payload: '{}',
      attempts: 1,
      state: i % 100 ? 'delivered' : 'dead',
    },
    ...{ due_at: null, finished_at: ago(i), ...times },
  }));
  await bulkInsert(dataSource, 'users', users);
  await bulkInsert(dataSource, 'wechat_accounts', accounts);
  await bulkInsert(dataSource, 'sessions', sessions);
  await bulkInsert(dataSource, 'audit_events', events);
  await bulkInsert(dataSource, 'webhook_endpoints', [{ ...endpoint, secret_encrypted: 'none' }]);
  await bulkInsert(dataSource, 'webhook_deliveries', deliveries);
  await dataSource.query(isMysql ? `ANALYZE TABLE ${TABLES.join(', ')}` : 'ANALYZE');
}

describe('With thousands of users, events and deliveries', () => {
  let test: TestApp;
  let admin: Admin;
  beforeAll(async () => {
    test = await startTestApp({ REVOCATION_POLL_MS: '60000' });
    admin = await Admin.start(test);
    await fill(test);
  });
  afterAll(() => test?.close());

  // The plan's name of a table is its alias where it has one.
  const names = [...TABLES, 'u', 'o', 'm'];

  /** The statements behind a door that read one of the large tables from end to end. */
  async function scans(work: () => Promise<unknown>): Promise<string[]> {
    const statements = await lookupsDuring(test.dataSource, work);
    expect(statements.length).toBeGreaterThan(0);
    const plans = await Promise.all(
      statements.map(async ({ sql, parameters }) => ({ sql, plan: await explain(test.dataSource, sql, parameters) })),
    );
    return plans.flatMap(({ sql, plan }) =>
      plan.filter(({ table, key }) => key === null && names.includes(table)).map(({ table }) => `${table}: ${sql}`),
    );
  }

  it.each([
    ...['query=1077', 'query=user1077', 'query=user10', 'query=user1077%40example.com', 'query=o-1077'],
    ...['query=13800000001', 'role=admin', 'banned=true', 'role=user&banned=true', 'query=user1077&banned=false'],
  ])('GET /admin/users?%s looks into an index', async (query) => {
    expect(await scans(() => admin.ask('GET', `/users?${query}`))).toEqual([]);
  });

  it('GET /admin/users/:id looks into indexes', async () => {
    expect(await scans(() => admin.ask('GET', '/users/1077'))).toEqual([]);
  });

  it('a ban and a change of role look into indexes', async () => {
    expect(await scans(() => admin.ban('1077'))).toEqual([]);
    expect(await scans(() => admin.changeRole('1078', 'admin'))).toEqual([]);
  });

  it.each([
    'userId=1077',
    'actorId=1000',
    'type=user.banned',
    'type=user.banned&outcome=ok',
    'sessionId=0198c0de-5a3c-7b7e-9a53-0a4b7f1c2d3e',
    `from=${ago(100).toISOString()}&to=${ago(50).toISOString()}`,
    `before=${ago(ROWS - 100).getTime()}-50`,
  ])('GET /admin/audit-events?%s looks into an index', async (query) => {
    expect(await scans(() => admin.ask('GET', `/audit-events?${query}`))).toEqual([]);
  });

  it('the worker and the list of deliveries look into indexes', async () => {
    expect(await scans(() => test.app.get(DeliveryWorker).work())).toEqual([]);
    expect(await scans(() => admin.ask('GET', `/webhooks/${webhookId}/deliveries?state=dead`))).toEqual([]);
  });
});
