import type { DeliveryDto } from '../../../src/auth/admin/webhooks/delivery.dto.js';
import { registered } from '../../support/password-users.js';
import { expectProblem } from '../../support/problems.js';
import type { Behaviour } from '../../support/webhook-receiver.js';
import { startReceiver } from '../../support/webhook-receiver.js';
import { WebhookScene } from '../../support/webhooks.js';

describe('a delivery that fails', () => {
  let scene: WebhookScene;
  beforeEach(async () => {
    scene = await WebhookScene.start();
  });
  afterEach(() => scene?.close());

  /** Sends one event to a receiver that behaves like this. */
  const tell = async (behaviour: Behaviour) => {
    const webhook = await scene.create();
    scene.receiver.answer(behaviour);
    await registered(scene.test);
    await scene.deliver();
    return webhook;
  };
  const waitOf = ({ dueAt }: DeliveryDto) => (new Date(dueAt!).getTime() - scene.test.clock.now().getTime()) / 1000;

  it.each<[string, Behaviour, Partial<DeliveryDto>]>([
    ['an error', { status: 500, body: 'Oops' }, { lastStatus: 500, lastError: 'http', responseSnippet: 'Oops' }],
    [
      'a redirect, which is not followed',
      { status: 302, headers: { location: 'http://127.0.0.1:1/' } },
      { lastStatus: 302 },
    ],
    ['no answer in time', 'hang', { lastStatus: null, lastError: 'timeout', responseSnippet: null }],
    ['a connection that is cut', 'reset', { lastStatus: null, lastError: 'econnreset' }],
  ])('by %s is tried again after some seconds, with the same id', async (_name, behaviour, expected) => {
    const webhook = await tell(behaviour);

    const [failed] = await scene.deliveries(webhook);
    expect(failed).toMatchObject({ state: 'waiting', attempts: 1, finishedAt: null, ...expected });
    expect(waitOf(failed!)).toBeGreaterThanOrEqual(4);
    expect(waitOf(failed!)).toBeLessThanOrEqual(6);

    scene.receiver.answer(200);
    await scene.deliver();
    expect(scene.receiver.received).toHaveLength(1);
    scene.test.clock.advance({ seconds: 7 });
    await scene.deliver();

    expect(await scene.deliveries(webhook)).toMatchObject([{ state: 'delivered', attempts: 2, lastError: null }]);
    const [first, second] = scene.receiver.received;
    expect(second!.id).toBe(first!.id);
    expect(second!.body).toBe(first!.body);
    expect(second!.timestamp).toBeGreaterThan(first!.timestamp);
  });

  it('because nobody listens is tried again', async () => {
    const webhook = await scene.create();
    await scene.receiver.close();
    await registered(scene.test);
    await scene.deliver();

    expect(await scene.deliveries(webhook)).toMatchObject([{ state: 'waiting', lastError: 'econnrefused' }]);
  });

  it('waits as long as the receiver asks', async () => {
    const webhook = await tell({ status: 429, headers: { 'retry-after': '120' } });

    expect(waitOf((await scene.deliveries(webhook))[0]!)).toBe(120);
  });

  it('waits until the time that the receiver names', async () => {
    const at = new Date(Math.ceil(scene.test.clock.now().getTime() / 1000) * 1000 + 600_000);
    const webhook = await tell({ status: 503, headers: { 'retry-after': at.toUTCString() } });

    expect((await scene.deliveries(webhook))[0]!.dueAt).toBe(at.toJSON());
  });

  it('keeps only the beginning of what was answered', async () => {
    const webhook = await tell({ status: 500, body: `${'密'.repeat(200)}${'x'.repeat(1_000_000)}` });

    const [failed] = await scene.deliveries(webhook);
    expect(failed!.responseSnippet).toMatch(/^密{200}x{56}$/);
  });

  it('is given up after ten tries in three days, and sent again when an admin says so', async () => {
    const webhook = await tell(500);
    for (let hours = 0; hours < 120; hours += 6) {
      scene.test.clock.advance({ hours: 6 });
      await scene.deliver();
    }
    await scene.freshAdmin();

    const [dead] = await scene.deliveries(webhook, '?state=dead');
    expect(dead).toMatchObject({ attempts: 10, lastStatus: 500, dueAt: null, finishedAt: expect.any(String) });
    expect(scene.receiver.received).toHaveLength(10);

    scene.receiver.answer(204);
    const path = `/webhooks/${webhook.id}/deliveries/${dead!.id}/retry`;
    const { status, body } = await scene.admin.ask<DeliveryDto>('POST', path);
    expect([status, body.state]).toEqual([202, 'waiting']);
    scene.test.clock.advance({ minutes: 5 });
    await scene.deliver();
    const sent = (await scene.deliveries(webhook)).find(({ id }) => id === dead!.id);
    expect(sent).toMatchObject({ state: 'delivered', attempts: 1 });
    expect(await scene.admin.events({ type: 'webhook.retried' })).toMatchObject([
      { actorId: scene.admin.id, detail: { id: webhook.id, deliveryId: dead!.id } },
    ]);
  });

  it('with 410 Gone is the last one: the webhook is disabled', async () => {
    const webhook = await tell(410);

    expect(await scene.get(webhook)).toMatchObject({ disabled: true, disabledReason: 'gone' });
    expect(await scene.deliveries(webhook)).toMatchObject([{ state: 'dead', lastStatus: 410 }]);
    expect(await scene.admin.events({ type: 'webhook.disabled' })).toMatchObject([
      { actorId: null, detail: { id: webhook.id, reason: 'gone' } },
    ]);
    await registered(scene.test);
    await scene.deliver();
    expect(scene.receiver.received).toHaveLength(1);
  });

  it('is dead when its webhook is disabled meanwhile', async () => {
    const webhook = await tell(500);
    await scene.admin.ask('PUT', `/webhooks/${webhook.id}`, { url: webhook.url, types: webhook.types, disabled: true });

    expect(await scene.deliveries(webhook)).toMatchObject([{ state: 'dead', dueAt: null }]);
  });

  it('holds up nobody else’s', async () => {
    const other = await startReceiver();
    await scene.create({ types: ['login'] });
    await scene.create({ url: other.url });
    scene.receiver.answer('hang');
    const { user } = await registered(scene.test, { username: 'Waiting01' });
    await scene.test.client.post('/api/v1/auth/login', { username: user.username, password: 'wrong-one' });

    const order: string[] = [];
    other.answer(() => (order.push('told'), 204));
    await scene.deliver().then(() => order.push('hung up'));

    expect(order).toEqual(['told', 'hung up']);
    await other.close();
  });

  it('again and again is left alone for a while, and its events keep their tries', async () => {
    const webhook = await scene.create();
    scene.receiver.answer(503);
    for (let i = 0; i < 20; i++) await registered(scene.test);
    await scene.deliver();
    expect(scene.receiver.received).toHaveLength(8);
    await scene.deliver();
    expect(scene.receiver.received).toHaveLength(8);

    scene.receiver.answer(200);
    scene.test.clock.advance({ seconds: 11 });
    await scene.deliver();

    expect((await scene.deliveries(webhook)).map(({ state }) => state)).toEqual(Array(20).fill('delivered'));
  });
});

describe('a webhook into our own network', () => {
  let scene: WebhookScene;
  beforeAll(async () => {
    scene = await WebhookScene.start({ WEBHOOK_ALLOWED_NETWORKS: '10.1.0.0/16' });
  });
  afterAll(() => scene?.close());

  it.each([
    ...['http://127.0.0.1/', 'http://localhost/', 'http://[::1]/', 'http://0.0.0.0/', 'http://169.254.169.254/latest'],
    ...[
      'http://2130706433/',
      'http://0x7f.1/',
      'http://[::ffff:127.0.0.1]/',
      'http://192.168.0.1/',
      'http://10.2.0.1/',
    ],
    ...['http://100.100.100.200/', 'http://[fd00:ec2::254]/', 'http://127.0.0.1.:80/'],
  ])('is refused: %s', async (url) => {
    const answer = await scene.admin.ask('POST', '/webhooks', { url, types: ['login'] });

    expectProblem(answer, 400, 'request.invalid');
    expect(answer.body.errors).toMatchObject([
      { field: 'url', code: expect.stringMatching(/^(refused_address|unknown_host)$/) },
    ]);
  });

  it('is not called either when the name leads there only later', async () => {
    const webhook = await scene.create({ url: 'http://10.1.2.3/', types: ['register'] });
    const url = scene.receiver.url.replace('127.0.0.1', 'localhost');
    await scene.test.dataSource.query('UPDATE webhook_endpoints SET url = ? WHERE id = ?', [url, webhook.id]);
    await registered(scene.test);
    await scene.deliver();

    expect(await scene.deliveries(webhook)).toMatchObject([{ state: 'waiting', lastError: 'refused_address' }]);
    expect(scene.receiver.received).toEqual([]);
  });
});
