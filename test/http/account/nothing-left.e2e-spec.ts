import { SessionTimeline } from '../../../src/sessions/history/session-timeline.js';
import { OwnAccount } from '../../support/accounts.js';
import { login, PASSWORD, WRONG_PASSWORD } from '../../support/password-users.js';
import { type TestApp } from '../../support/test-app.js';
import { WebhookScene } from '../../support/webhooks.js';
import { loginWithWechat } from '../../support/wechat-phone.js';

const PHONE = '13912345678';
const DEVICE = { id: 'device-of-the-leaver', name: 'Leaver’s Phone', platform: 'android', model: 'LEAVER-9' };
const ADDRESS = '198.51.100.77';
const AGENT = { 'x-forwarded-for': ADDRESS, 'user-agent': 'LeaverBrowser/1.0' };

/** Everything in the database, a line a row: the table and all its values as text, bytes as text and as hex. */
async function dump({ dataSource }: TestApp): Promise<string[]> {
  const lines: string[] = [];
  for (const { tableName } of dataSource.entityMetadatas) {
    const rows = await dataSource.query<object[]>(`SELECT * FROM ${tableName} ORDER BY 1`);
    for (const row of rows) lines.push(`${tableName}: ${JSON.stringify(row, asText)}`);
  }
  return lines;
}

function asText(_: string, value: unknown): unknown {
  const { type, data } = (value ?? {}) as { type?: string; data?: number[] };
  return type === 'Buffer' ? `${Buffer.from(data!).toString()} ${Buffer.from(data!).toString('hex')}` : value;
}

/** Where any of the texts, or the number of the user, is still to be found, and which. */
async function tracesLeft(test: TestApp, traces: string[], userId: string): Promise<string[]> {
  const number = new RegExp(`"(user_id|actor_id|userId|merged_into)\\\\?":\\\\?"?${userId}\\\\?"?[,}]`);
  return (await dump(test)).flatMap((line) => {
    const [, table = '', row = ''] = /^(\w+): (.*)$/s.exec(line) ?? [];
    const isNumber = number.test(row);
    const found = [...traces.filter((trace) => row.includes(trace)), ...(isNumber ? ['the number'] : [])];
    const { type } = JSON.parse(row) as { type?: string };
    return found.length ? [`${[table, ...(type ? [type] : [])].join(' ')}: ${found.join(', ')}`] : [];
  });
}

describe('export, then erase', () => {
  let scene: WebhookScene;
  beforeAll(async () => {
    scene = await WebhookScene.start({ TRUSTED_PROXIES: '127.0.0.1' });
  });
  afterAll(() => scene?.close());

  it('leaves in a dump of the database a number in the audit trail and what docs/security.md says, and nothing else', async () => {
    const { test } = scene;
    await scene.create({ types: ['*'] });
    const first = (await loginWithWechat(test, 'leaver', { device: DEVICE })).body;
    const account = new OwnAccount(test, first);
    await account.chooseUsername({ username: 'TheLeaver01', password: PASSWORD });
    await account.ask('PUT', '', { nickname: 'Leaver Nick', email: 'leaver@example.com' });
    await account.ask('POST', '/phone', { code: await test.wechat.phoneCode('leaver', PHONE) });
    const second = (await login(test, { username: 'TheLeaver01' }, AGENT)).body;
    await login(test, { username: 'TheLeaver01', password: WRONG_PASSWORD }, AGENT);
    await test.client.refresh(second.refreshToken);
    await test.app.get(SessionTimeline).flush();
    await scene.deliver();
    const openid = (await dump(test)).join('\n').match(/openid":"([^"]+)"/)![1]!;
    const traces = ['TheLeaver01', 'theleaver01', 'leaver@example.com', 'Leaver Nick', PHONE, '139****5678', openid];
    traces.push(DEVICE.id, DEVICE.name, DEVICE.model, first.sessionId, second.sessionId, ADDRESS, 'LeaverBrowser');
    const before = (await dump(test)).join('\n');
    const unseen = traces.filter((trace) => !before.includes(trace));

    const copy = await account.ask<object>('GET', '/export');
    expect((await account.close()).status).toBe(204);
    await scene.deliver();

    expect(copy.status).toBe(200);
    expect(unseen).toEqual([PHONE, DEVICE.model]); // sealed from the beginning, and never stored
    expect(await tracesLeft(test, traces, first.user.id)).toEqual([
      // What happened to a number that leads to nobody, and when.
      ...['username.set', 'email.changed', 'login', 'phone.set', 'login'].map(
        (type) => `audit_events ${type}: the number`,
      ),
      // A wrong password names no account: until AUDIT_RETENTION_DAYS.
      `audit_events login: ${ADDRESS}, LeaverBrowser`,
      ...['user.exported', 'user.erased'].map((type) => `audit_events ${type}: the number`),
      // What other systems are told, for thirty days.
      'webhook_deliveries user.erased: the number',
      // Until no access token can be alive, tied to nobody.
      ...[first.sessionId, second.sessionId].sort().map((id) => `erased_sessions: ${id}`),
    ]);
  });
});
