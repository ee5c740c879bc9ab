import type { WebhookDto, WebhookWithSecretDto } from '../../../src/auth/admin/webhooks/webhook.dto.js';
import { expectProblem } from '../../support/problems.js';
import { WebhookScene } from '../../support/webhooks.js';

const NOBODY = '0198c0de-5a3c-7b7e-9a53-0a4b7f1c2d3e';

describe('the doors of webhooks', () => {
  let scene: WebhookScene;
  beforeAll(async () => {
    scene = await WebhookScene.start();
  });
  beforeEach(() => scene.test.dataSource.query('DELETE FROM webhook_endpoints'));
  afterAll(() => scene?.close());

  const list = async () => (await scene.admin.ask<WebhookDto[]>('GET', '/webhooks')).body;
  const refusedFields = async (fields: object) => {
    const body = { url: scene.receiver.url, types: ['login'], ...fields };
    const answer = await scene.admin.ask('POST', '/webhooks', body);
    expectProblem(answer, 400, 'request.invalid');
    return answer.body.errors?.map(({ field, code }) => `${field} ${code}`);
  };

  it('make a webhook, and show its secret this once', async () => {
    const { secret, ...created } = await scene.create({ description: '风控', types: ['login', 'user.banned'] });

    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
    expect(created).toEqual({
      ...{ id: expect.any(String), url: scene.receiver.url, description: '风控', types: ['login', 'user.banned'] },
      ...{ disabled: false, disabledReason: null, previousSecretUntil: null, createdBy: scene.admin.id },
      createdAt: scene.test.clock.now().toJSON(),
    });
    expect(await scene.get(created)).toEqual(created);
    expect(await list()).toEqual([created]);
  });

  it('keep the secret sealed', async () => {
    const { secret } = await scene.create();

    const rows = await scene.test.dataSource.query<object[]>('SELECT * FROM webhook_endpoints');
    expect(JSON.stringify(rows)).not.toContain(secret.slice('whsec_'.length));
  });

  it('change a webhook, and leave its secret', async () => {
    const created = await scene.create();
    const change = { url: `${scene.receiver.url}/other`, types: ['*'], disabled: true };

    const { status, body } = await scene.admin.ask<WebhookDto>('PUT', `/webhooks/${created.id}`, change);

    expect(status).toBe(200);
    expect(body).toMatchObject({ ...change, description: null, disabledReason: 'admin' });
    expect(body).not.toHaveProperty('secret');
  });

  it('delete a webhook with what it was told', async () => {
    const { id } = await scene.create();
    await scene.admin.ask('POST', `/webhooks/${id}/ping`);

    expect((await scene.admin.ask('DELETE', `/webhooks/${id}`)).status).toBe(204);

    expectProblem(await scene.admin.ask('GET', `/webhooks/${id}`), 404, 'webhooks.not_found');
    const [{ n }] = await scene.test.dataSource.query<[{ n: number | string }]>(
      'SELECT COUNT(*) AS n FROM webhook_deliveries',
    );
    expect(Number(n)).toBe(0);
  });

  it('leave an event of each act, with who did it and without the secret', async () => {
    const { id, secret } = await scene.create();
    const { body: rotated } = await scene.admin.ask<WebhookWithSecretDto>('POST', `/webhooks/${id}/rotate-secret`);
    await scene.admin.ask('POST', `/webhooks/${id}/ping`);
    await scene.admin.ask('PUT', `/webhooks/${id}`, { url: scene.receiver.url, types: ['login'] });
    await scene.admin.ask('DELETE', `/webhooks/${id}`);

    const events = (await scene.admin.events({ actorId: scene.admin.id })).filter(({ detail }) => detail?.id === id);
    expect(events.map(({ type }) => type.replace('webhook.', '')).toReversed()).toEqual([
      ...['created', 'secret_rotated', 'pinged', 'updated', 'deleted'],
    ]);
    const told = JSON.stringify(events);
    expect([secret, rotated.secret].filter((secret) => told.includes(secret.slice(6, 20)))).toEqual([]);
  });

  it('refuse what cannot be: by the field, with the reason', async () => {
    expect(await refusedFields({ url: 'not a url' })).toEqual(['url invalid_url']);
    expect(await refusedFields({ url: 'ftp://example.com/' })).toEqual(['url not_https']);
    expect(await refusedFields({ url: scene.receiver.url.replace('//', '//user:pass@') })).toEqual([
      'url has_credentials',
    ]);
    expect(await refusedFields({ url: 'https://no-such-host.invalid/' })).toEqual(['url unknown_host']);
    expect(await refusedFields({ url: 7 })).toEqual(['url isString']);
    expect(await refusedFields({ types: [] })).toEqual(['types arrayNotEmpty']);
    expect(await refusedFields({ types: ['login', 'login'] })).toEqual(['types arrayUnique']);
    expect(await refusedFields({ types: ['made.up'] })).toEqual(['types isIn']);
    expect(await refusedFields({ types: 'login' })).toEqual(['types isArray']);
    expect(await refusedFields({ description: 'x'.repeat(101) })).toEqual(['description maxLength']);
    expect(await list()).toEqual([]);
  });

  it('know no webhook and no delivery that is not there', async () => {
    const { id } = await scene.create();
    for (const unknown of [NOBODY, 'x']) {
      const update = { url: scene.receiver.url, types: ['login'] };
      expectProblem(await scene.admin.ask('GET', `/webhooks/${unknown}`), 404, 'webhooks.not_found');
      expectProblem(await scene.admin.ask('PUT', `/webhooks/${unknown}`, update), 404, 'webhooks.not_found');
      expectProblem(await scene.admin.ask('DELETE', `/webhooks/${unknown}`), 404, 'webhooks.not_found');
      expectProblem(await scene.admin.ask('POST', `/webhooks/${unknown}/ping`), 404, 'webhooks.not_found');
      expectProblem(await scene.admin.ask('POST', `/webhooks/${unknown}/rotate-secret`), 404, 'webhooks.not_found');
      expectProblem(await scene.admin.ask('GET', `/webhooks/${unknown}/deliveries`), 404, 'webhooks.not_found');
      const retry = await scene.admin.ask('POST', `/webhooks/${id}/deliveries/${unknown}/retry`);
      expectProblem(retry, 404, 'webhooks.delivery_not_found');
    }
  });

  it('let there be twenty, also when many are made at once', async () => {
    const body = { url: scene.receiver.url, types: ['login'] };
    for (let i = 0; i < 20; i++) await scene.create();

    expectProblem(await scene.admin.ask('POST', '/webhooks', body), 409, 'webhooks.too_many');
  });

  it('page through deliveries, newest first, and narrow them by state', async () => {
    const webhook = await scene.create();
    for (let i = 0; i < 5; i++) {
      await scene.admin.ask('POST', `/webhooks/${webhook.id}/ping`);
      scene.test.clock.advance({ seconds: 1 });
    }
    await scene.deliver();

    const all = await scene.deliveries(webhook);
    const first = await scene.deliveries(webhook, '?limit=2');
    const second = await scene.deliveries(webhook, `?limit=3&before=${first.at(-1)!.id}`);
    expect(all).toHaveLength(5);
    expect([...first, ...second]).toEqual(all);
    expect(all.map(({ createdAt }) => createdAt)).toEqual(
      all
        .map(({ createdAt }) => createdAt)
        .toSorted()
        .toReversed(),
    );
    expect(await scene.deliveries(webhook, '?state=delivered')).toEqual(all);
    expect(await scene.deliveries(webhook, '?state=dead')).toEqual([]);
    expectProblem(
      await scene.admin.ask('GET', `/webhooks/${webhook.id}/deliveries?state=lost`),
      400,
      'request.invalid',
    );
  });
});
