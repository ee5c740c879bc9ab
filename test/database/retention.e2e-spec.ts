import { AuditLog } from '../../src/platform/audit/audit-log.js';
import { AuditRetention } from '../../src/platform/audit/audit-retention.js';
import { DeliveryRetention } from '../../src/platform/webhooks/deliveries/delivery-retention.js';
import { WechatRetention } from '../../src/wechat/retention/wechat-retention.js';
import { countRows } from '../support/account-rows.js';
import { registered } from '../support/password-users.js';
import { WebhookScene } from '../support/webhooks.js';

describe('what has had its time is deleted', () => {
  let scene: WebhookScene;
  beforeEach(async () => {
    scene = await WebhookScene.start({ AUDIT_RETENTION_DAYS: '90' });
  });
  afterEach(() => scene?.close());

  const passDays = (days: number) => scene.test.clock.advance({ days });

  it('audit events after AUDIT_RETENTION_DAYS, and none before, however many there are', async () => {
    const { app } = scene.test;
    for (let i = 0; i < 1_300; i++) app.get(AuditLog).record({ type: 'login', outcome: 'ok' });
    await app.get(AuditLog).flush();
    passDays(89);
    app.get(AuditLog).record({ type: 'register', outcome: 'ok' });
    await app.get(AuditLog).flush();
    await app.get(AuditRetention).sweep();
    expect(await countRows(scene.test, 'audit_events', "type = 'login'")).toBe(1_300);

    passDays(1);
    scene.test.clock.advance({ seconds: 1 });
    await app.get(AuditRetention).sweep();

    expect(await countRows(scene.test, 'audit_events', "type = 'login'")).toBe(0);
    expect(await countRows(scene.test, 'audit_events')).toBe(1);
  });

  it('deliveries thirty days after their end, and none that still waits', async () => {
    await scene.create();
    await registered(scene.test);
    await scene.deliver();
    scene.receiver.answer(500);
    await registered(scene.test);
    await scene.deliver();
    passDays(30);
    await scene.test.app.get(DeliveryRetention).sweep();
    expect(await countRows(scene.test, 'webhook_deliveries')).toBe(2);

    scene.test.clock.advance({ seconds: 1 });
    await scene.test.app.get(DeliveryRetention).sweep();

    expect(await countRows(scene.test, 'webhook_deliveries', "state = 'waiting'")).toBe(1);
    expect(await countRows(scene.test, 'webhook_deliveries')).toBe(1);
  });

  it('counts of calls to WeChat after 400 days, and access tokens a day after they expired', async () => {
    const { dataSource, clock, app } = scene.test;
    const usage = (day: string) => ['wx0000000000000001', day, '/sns/jscode2session', 'ok', 1, clock.now()];
    const dayAgo = (days: number) => new Date(clock.now().getTime() - days * 24 * 3_600_000);
    const day = (days: number) => dayAgo(days).toISOString().slice(0, 10);
    const addUsage =
      'INSERT INTO wechat_usage (app_id, day, endpoint, outcome, calls, last_at) VALUES (?, ?, ?, ?, ?, ?)';
    for (const days of [402, 399]) await dataSource.query(addUsage, usage(day(days)));
    const addToken = `INSERT INTO wechat_access_tokens (app_id, secret_fingerprint, token_encrypted, expires_at, fetched_at)
      VALUES ('wx0000000000000001', ?, 'sealed', ?, ?)`;
    for (const [name, days] of [['old', 2] as const, ['new', 0] as const])
      await dataSource.query(addToken, [name, dayAgo(days), dayAgo(days)]);

    await app.get(WechatRetention).sweep();

    expect(await countRows(scene.test, 'wechat_usage', 'day < ?', [day(401)])).toBe(0);
    expect(await countRows(scene.test, 'wechat_usage', 'day = ?', [day(399)])).toBe(1);
    expect(await countRows(scene.test, 'wechat_access_tokens', "secret_fingerprint = 'old'")).toBe(0);
    expect(await countRows(scene.test, 'wechat_access_tokens', "secret_fingerprint = 'new'")).toBe(1);
  });
});
