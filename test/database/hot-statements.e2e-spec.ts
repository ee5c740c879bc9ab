import { randomBytes } from 'node:crypto';
import { FIND_FORGOTTEN } from '../../src/platform/attempts/attempt-statements.js';
import { v7 as uuidv7 } from 'uuid';
import { SessionActivity } from '../../src/sessions/live/session-activity.js';
import * as devices from '../../src/sessions/devices/device-sessions.js';
import * as limits from '../../src/sessions/devices/session-limits.js';
import * as history from '../../src/sessions/history/session-history.js';
import { OLD_SESSIONS } from '../../src/sessions/history/session-retention.js';
import { SessionTimeline } from '../../src/sessions/history/session-timeline.js';
import * as sessions from '../../src/sessions/session-store.js';
import { FIND_BY_EMAIL, FIND_BY_USERNAME } from '../../src/users/password-accounts.js';
import { FIND_BY_ID } from '../../src/users/users.service.js';
import { FIND_BY_PHONE } from '../../src/users/phones/phones.js';
import { FIND_ACCOUNT, FIND_BY_UNION } from '../../src/users/wechat/wechat-store.js';
import { bulkInsert } from '../support/bulk-insert.js';
import type { Answer } from '../support/http-client.js';
import { explain, lookupsDuring } from '../support/query-plans.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { isMysql } from '../support/test-database.js';
import { loginWithWechat } from '../support/wechat-phone.js';

const EVENTS_OF_SESSION = 'ix_session_events_session_id_created_at';
const ENDED_INDEXES = ['ix_sessions_ended_at', 'ix_erased_sessions_ended_at'];
const USERS = 4_000;
const DEVICES_OF_FIRST_USER = 50;
const now = new Date();
const monthAgo = new Date(now.getTime() - 30 * 24 * 3600 * 1000);
const longAgo = new Date(0);
const appId = 'wx0000000000000001';
const sessionIds: string[] = [];
const deviceKeys: Buffer[] = [];
const phoneHashes = Array.from({ length: USERS + 1 }, () => randomBytes(32));

// Enough rows that reading all of them is the worse plan, so that the optimiser has a choice.
async function fill({ dataSource }: TestApp): Promise<void> {
  const numbers = Array.from({ length: USERS }, (_, i) => i + 1);
  const times = { created_at: monthAgo, updated_at: monthAgo };
  const users = numbers.map((id) => {
    const name = { username: `User${id}`, username_key: `user${id}`, email: `user${id}@example.com` };
    return { id, ...name, phone_hash: phoneHashes[id], role: 'user', ...times };
  });
  const accounts = numbers.map((id) => {
    return { user_id: id, app_id: appId, openid: `o-${id}`, unionid: `u-${id}`, last_login_at: monthAgo, ...times };
  });
  await bulkInsert(dataSource, 'users', users);
  await bulkInsert(dataSource, 'wechat_accounts', accounts);
  const unions = numbers.map((id) => ({ open_platform: 'ours', unionid: `u-${id}`, user_id: id, ...times }));
  await bulkInsert(dataSource, 'wechat_unions', unions);
  const owners = [...numbers, ...numbers, ...Array<number>(DEVICES_OF_FIRST_USER).fill(1)];
  await bulkInsert(dataSource, 'sessions', owners.map(sessionOf));
  const events = sessionIds.map((session_id) => ({ session_id, type: 'rotate', created_at: monthAgo }));
  await bulkInsert(dataSource, 'session_events', events);
  await bulkInsert(
    dataSource,
    'erased_sessions',
    numbers.map(() => ({ id: uuidv7(), ended_at: monthAgo })),
  );
  const counter = { free: 5, failures: 1, under_way: 0, blocked_until: monthAgo, busy_until: monthAgo, ...times };
  const counters = numbers.map((n) => ({
    id: randomBytes(32),
    forget_at: new Date(now.getTime() + n * 1e4),
    ...counter,
  }));
  await bulkInsert(dataSource, 'attempt_counters', counters);
  const tables = 'users, wechat_accounts, wechat_unions, sessions, session_events, erased_sessions, attempt_counters';
  await dataSource.query(isMysql ? `ANALYZE TABLE ${tables}` : 'ANALYZE');
}

function sessionOf(user_id: number, i: number): Record<string, unknown> {
  const id = uuidv7();
  sessionIds.push(id);
  const device_key = randomBytes(32);
  deviceKeys.push(device_key);
  const [expires_at, endedLongAgo] = [new Date(now.getTime() + 1e8), i % 10 === 0 ? monthAgo : null];
  return {
    ...{ id, user_id, token: randomBytes(32), generation: 1, seen_generation: 0, rotated_at: monthAgo },
    ...{ expires_at, absolute_expires_at: expires_at, ip_address: '203.0.113.9', user_agent: 'test' },
    ...{ device_id: `device-${i}`, device_key, login_method: 'wechat', last_seen_at: monthAgo, ended_at: endedLongAgo },
    ...{ created_at: monthAgo, updated_at: monthAgo },
  };
}

describe('With thousands of users and sessions', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
    await fill(test);
  });
  afterAll(() => test?.close());

  const token = randomBytes(32);
  const takeUp = [
    2,
    2,
    1,
    token,
    now,
    now,
    now,
    '203.0.113.9',
    'test',
    null,
    null,
    'wechat',
    token,
    now,
    now,
    now,
    now,
  ];
  const rotation = [2, 1, token, now, now, now, '203.0.113.9', 'test', now];

  it.each<[name: string, sql: string, parameters: () => unknown[], keys: string[]]>([
    [
      'FIND_ACCOUNT',
      FIND_ACCOUNT,
      () => ['ours', 'u-77', appId, 'o-77'],
      ['uq_wechat_accounts_app_id_openid', 'PRIMARY', 'PRIMARY'],
    ],
    ['FIND_BY_UNION', FIND_BY_UNION, () => ['ours', 'u-77'], ['PRIMARY', 'PRIMARY']],
    ['FIND_BY_PHONE', FIND_BY_PHONE, () => [phoneHashes[77]], ['uq_users_phone_hash']],
    ['FIND_BY_ID', FIND_BY_ID, () => ['77'], ['PRIMARY', 'PRIMARY']],
    ['FIND_BY_USERNAME', FIND_BY_USERNAME, () => ['user77'], ['uq_users_username_key']],
    ['FIND_BY_EMAIL', FIND_BY_EMAIL, () => ['user77@example.com'], ['uq_users_email']],
    ['FIND_REFRESHABLE', sessions.FIND_REFRESHABLE, () => [sessionIds[77]], ['PRIMARY', 'PRIMARY']],
    ['ROTATE', sessions.ROTATE, () => [...rotation, sessionIds[77], 1], ['PRIMARY']],
    ['END_ONE', sessions.END_ONE, () => [now, 'logout', now, sessionIds[77], '78'], ['PRIMARY', 'PRIMARY']],
    [
      'END_OTHERS',
      sessions.END_OTHERS,
      () => [now, 'logout', now, '1', sessionIds[0]],
      ['ix_sessions_user_id_ended_at', 'PRIMARY'],
    ],
    ['FIND_ENDED_AT', sessions.FIND_ENDED_AT, () => ['1', monthAgo], ['ix_sessions_user_id_ended_at', 'PRIMARY']],
    ['FIND_OF_DEVICE', devices.FIND_OF_DEVICE, () => [deviceKeys[77]], ['uq_sessions_device_key']],
    ['FREE_DEVICE', devices.FREE_DEVICE, () => [now, deviceKeys[77]], ['uq_sessions_device_key']],
    ['TAKE_UP', devices.TAKE_UP, () => [...takeUp, sessionIds[77], 1], ['PRIMARY']],
    ['FIND_COUNTED', limits.FIND_COUNTED, () => ['1', now, 1_000], ['ix_sessions_user_id_ended_at']],
    ['LOCK_USER', limits.LOCK_USER, () => ['1'], ['PRIMARY']],
    ['old session events', OLD_SESSIONS[0]!.find, () => [longAgo, 500], ['ix_session_events_created_at']],
    ['old ended sessions', OLD_SESSIONS[1]!.find, () => [longAgo, 500], ['ix_sessions_ended_at']],
    ['old expired sessions', OLD_SESSIONS[2]!.find, () => [longAgo, 500], ['ix_sessions_expires_at']],
    ['FIND_END', history.FIND_END, () => [sessionIds[77], '78'], ['PRIMARY', 'PRIMARY']],
    ['FIND_NEWEST_EVENTS', history.FIND_NEWEST_EVENTS, () => [sessionIds[77], 51], [EVENTS_OF_SESSION]],
    ['FIND_EVENTS_BEFORE', history.FIND_EVENTS_BEFORE, () => [sessionIds[77], now, now, '77', 51], [EVENTS_OF_SESSION]],
    ['FIND_FORGOTTEN', FIND_FORGOTTEN, () => [now, 200], ['ix_attempt_counters_forget_at']],
    ['IS_OPEN', sessions.IS_OPEN, () => [sessionIds[77]], ['PRIMARY']],
    ['FIND_ENDED_SINCE', sessions.FIND_ENDED_SINCE, () => [now, now], ENDED_INDEXES],
  ])('%s looks into its index', async (_name, sql, parameters, keys) => {
    const plan = await explain(test.dataSource, sql, parameters());

    expect(plan.map(({ key }) => key)).toEqual(keys);
  });

  it('a statement without an index would be caught', async () => {
    const plan = await explain(test.dataSource, 'SELECT id FROM users WHERE nickname = ?', ['Alice']);

    expect(plan).toEqual([{ table: 'users', key: null }]);
  });

  it('nothing that a visitor does reads a whole table', async () => {
    const statements = await lookupsDuring(test.dataSource, () => visit(test));

    const plans = await Promise.all(
      statements
        .filter(({ sql }) => !/migrations|webhook_endpoints|signing_keys/.test(sql)) // a handful of rows
        .map(async ({ sql, parameters }) => ({ sql, plan: await explain(test.dataSource, sql, parameters) })),
    );
    expect(plans.length).toBeGreaterThan(15);
    expect(plans.filter(({ plan }) => plan.some(({ key }) => key === null))).toEqual([]);
  });
});

/** Every operation there is, once, and a full batch of what is written behind the requests. */
async function visit(test: TestApp): Promise<void> {
  const { client, app } = test;
  const registration = { username: 'Visitor1', password: 'Blue-Kettle7', email: 'visitor@example.com' };
  const login = (username: string) => client.post('/api/v1/auth/login', { ...registration, username });
  const answers: Answer<unknown>[] = [
    await client.get('/api/v1/auth/username-available?username=Visitor1'),
    await client.post('/api/v1/auth/register', registration),
    await login('visitor@example.com'),
    await login('visitor1'),
    await loginWithWechat(test, 'visitor', { device: { id: 'device-1' } }),
    await loginWithWechat(test, 'visitor', { device: { id: 'device-1' } }),
  ];
  const first = await loginWithWechat(test, 'visitor');
  const { body, ...second } = await client.refresh(first.body.refreshToken);
  const token = { token: body.accessToken };
  answers.push(first, { body, ...second });
  answers.push(await client.get('/api/v1/users/me', token), await client.get('/api/v1/sessions', token));
  answers.push(await client.get(`/api/v1/sessions/${body.sessionId}/events`, token));
  answers.push(await client.delete('/api/v1/sessions', token));
  await app.get(SessionTimeline).flush();
  const activity = app.get(SessionActivity);
  const seen = { userId: '1', generation: 1, role: 'user' as const };
  for (const id of sessionIds.slice(0, 100)) activity.note({ ...seen, sessionId: id });
  await activity.flush();
  answers.push(await client.delete(`/api/v1/sessions/${body.sessionId}`, token), await client.get('/health'));
  expect(answers.filter(({ status }) => status >= 400)).toEqual([]);
}
