import type { DeliveryDto } from '../../../src/auth/admin/webhooks/delivery.dto.js';
import type { WebhookWithSecretDto } from '../../../src/auth/admin/webhooks/webhook.dto.js';
import { AuditLog } from '../../../src/platform/audit/audit-log.js';
import { registered } from '../../support/password-users.js';
import { expectProblem } from '../../support/problems.js';
import { describeTwoServers } from '../../support/two-servers.js';
import { isSignedWith, startReceiver } from '../../support/webhook-receiver.js';
import { WebhookScene } from '../../support/webhooks.js';

const HOUR = 3600;

describe('a webhook', () => {
  let scene: WebhookScene;
  beforeEach(async () => {
    scene = await WebhookScene.start();
  });
  afterEach(() => scene?.close());

  const received = () => scene.receiver.received;

  it('is told of an event, signed by the Standard Webhooks specification', async () => {
    const { secret } = await scene.create();
    const { user, sessionId } = await registered(scene.test);
    await scene.deliver();

    expect(received()).toHaveLength(1);
    const [request] = received();
    expect(request!.event).toEqual({
      type: 'register',
      timestamp: scene.test.clock.now().toJSON(),
      data: { outcome: 'ok', userId: user.id, actorId: null, sessionId, detail: null },
    });
    expect(request!.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'user-agent': expect.stringContaining('wx-login'),
    });
    expect(request!.timestamp).toBe(Math.floor(scene.test.clock.now().getTime() / 1000));
    expect(isSignedWith(secret, request!)).toBe(true);
    expect(isSignedWith(secret, { ...request!, body: `${request!.body} ` })).toBe(false);
  });

  it('is told only of what it subscribed to, or of everything by *', async () => {
    const other = await startReceiver();
    await scene.create({ types: ['user.banned'] });
    await scene.create({ url: other.url, types: ['*'] });
    const { user } = await registered(scene.test);
    await scene.admin.ban(user.id);
    await scene.deliver();

    expect(received().map(({ event }) => event.type)).toEqual(['user.banned']);
    expect(other.received.map(({ event }) => event.type).toSorted()).toEqual(
      ['register', 'session.ended', 'user.banned', 'webhook.created'].toSorted(),
    );
    await other.close();
  });

  it('is told of what an admin did in the same transaction, and of nothing that was refused', async () => {
    await scene.create({ types: ['user.banned', 'user.role_changed'] });
    const { user } = await registered(scene.test);
    expectProblem(await scene.admin.ban(scene.admin.id), 409, 'admin.own_account');
    await scene.admin.ban(user.id, { reason: 'spam' });
    await scene.deliver();

    expect(received().map(({ event }) => event.data)).toEqual([
      expect.objectContaining({ userId: user.id, actorId: scene.admin.id, detail: { reason: 'spam', until: null } }),
    ]);
  });

  it('is told nothing while it is disabled', async () => {
    const { id, url, types } = await scene.create();
    await scene.admin.ask('PUT', `/webhooks/${id}`, { url, types, disabled: true });
    await registered(scene.test);
    await scene.deliver();
    expect(received()).toEqual([]);
    expectProblem(await scene.admin.ask('POST', `/webhooks/${id}/ping`), 409, 'webhooks.disabled');

    await scene.admin.ask('PUT', `/webhooks/${id}`, { url, types, disabled: false });
    await registered(scene.test);
    await scene.deliver();
    expect(received()).toHaveLength(1);
  });

  it('is tried out by a ping', async () => {
    const webhook = await scene.create();

    const { status, body } = await scene.admin.ask<DeliveryDto>('POST', `/webhooks/${webhook.id}/ping`);
    expect([status, body.state]).toEqual([202, 'waiting']);
    await scene.deliver();

    expect(received()).toMatchObject([{ id: body.id, event: { type: 'webhook.ping', data: {} } }]);
    expect(await scene.deliveries(webhook)).toMatchObject([
      { id: body.id, state: 'delivered', attempts: 1, lastStatus: 204, lastError: null, dueAt: null },
    ]);
  });

  it('has two valid signatures for a day after its secret was replaced, then one', async () => {
    const { id, secret: before } = await scene.create();
    const rotate = () => scene.admin.ask<WebhookWithSecretDto>('POST', `/webhooks/${id}/rotate-secret`);
    const { secret: after, previousSecretUntil } = (await rotate()).body;
    await registered(scene.test);
    await scene.deliver();
    scene.test.clock.advance({ seconds: 24 * HOUR });
    await registered(scene.test);
    await scene.deliver();

    const [both, one] = received();
    expect(after).not.toBe(before);
    expect(new Date(previousSecretUntil!).getTime()).toBe(scene.test.clock.now().getTime());
    expect([isSignedWith(before, both!), isSignedWith(after, both!), both!.signatures.length]).toEqual([true, true, 2]);
    expect([isSignedWith(before, one!), isSignedWith(after, one!), one!.signatures.length]).toEqual([false, true, 1]);
  });

  it('gets all of 1,000 events although it fails, hangs and cuts connections', async () => {
    const webhook = await scene.create({ types: ['login'] });
    // Every event fails in its own way until its third try.
    const tries = new Map<string, number>();
    scene.receiver.answer(({ id, event }) => {
      const nth = (tries.get(id) ?? 0) + 1;
      tries.set(id, nth);
      if (nth > 2) return 200;
      const { i } = event.data.detail as { i: number };
      if (nth === 1 && i % 100 === 0) return 'hang';
      return ([503, 'reset', 429, 500] as const)[i % 4]!;
    });
    const log = scene.test.app.get(AuditLog);
    for (let i = 0; i < 1_000; i++) log.record({ type: 'login', outcome: 'ok', detail: { i } });

    await scene.deliver();
    const isDone = async () => {
      const sql = `SELECT COUNT(*) AS n FROM webhook_deliveries WHERE state <> 'delivered' AND endpoint_id = ?`;
      const [{ n }] = await scene.test.dataSource.query<[{ n: number | string }]>(sql, [webhook.id]);
      return Number(n) === 0;
    };
    for (let round = 0; round < 1_000 && !(await isDone()); round++) {
      scene.test.clock.advance({ seconds: 400 });
      await scene.deliver();
    }

    expect(await isDone()).toBe(true);
    const told = new Set(received().map(({ event }) => (event.data.detail as { i: number }).i));
    expect(told.size).toBe(1_000);
    expect(received().filter((request) => !isSignedWith(webhook.secret, request))).toEqual([]);
  }, 120_000);

  describeTwoServers('of two servers', () => {
    it('is told once of each event while both work at it', async () => {
      const sibling = await scene.test.sibling();
      await scene.create({ types: ['login'] });
      for (const { app } of [scene.test, sibling])
        for (let i = 0; i < 100; i++) app.get(AuditLog).record({ type: 'login', outcome: 'ok', detail: { i } });

      await Promise.all([scene.deliver(), scene.deliver(sibling)]);
      await Promise.all([scene.deliver(), scene.deliver(sibling)]);

      expect(received()).toHaveLength(200);
      expect(new Set(received().map(({ id }) => id)).size).toBe(200);
      await sibling.close();
    });

    it('is told by the other one when a server stops in the middle of it', async () => {
      await scene.create();
      scene.receiver.answer('hang');
      const sibling = await scene.test.sibling();
      await registered(sibling);
      await sibling.app.get(AuditLog).flush();
      const stopped = sibling.close();
      await stopped;
      scene.receiver.answer(204);
      scene.test.clock.advance({ minutes: 2 });

      await scene.deliver();

      expect(received().length).toBeGreaterThanOrEqual(1);
      const states = await scene.test.dataSource.query<{ state: string }[]>('SELECT state FROM webhook_deliveries');
      expect(states).toEqual([{ state: 'delivered' }]);
    });
  });
});
