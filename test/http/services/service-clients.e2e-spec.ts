import type {
  ServiceClientDto,
  ServiceClientWithSecretDto,
} from '../../../src/auth/admin/service-clients/service-client.dto.js';
import { Admin } from '../../support/admins.js';
import { outcomes } from '../../support/outcome.js';
import { registered } from '../../support/password-users.js';
import { expectProblem } from '../../support/problems.js';
import { Service } from '../../support/services.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';

const WRONG = 'wxs1_wrong';

describe('service clients', () => {
  let test: TestApp;
  let admin: Admin;
  beforeAll(async () => {
    test = await startTestApp({ TRUSTED_PROXIES: '127.0.0.1' });
    admin = await Admin.start(test);
  });
  afterAll(() => test?.close());

  const statusOf = async (service: Service) => (await service.introspect('x')).status;

  it('are registered by admins, who see the secret once; only a hash of it is kept', async () => {
    const { status, body } = await admin.ask<ServiceClientWithSecretDto>('POST', '/service-clients', { name: '订单' });
    const list = await admin.ask<ServiceClientDto[]>('GET', '/service-clients');

    expect([status, body.id, body.secret]).toEqual([
      201,
      expect.stringMatching(/^svc_[0-9a-f]{16}$/),
      expect.stringMatching(/^wxs1_[\w-]{43}$/),
    ]);
    const shown = { id: body.id, name: '订单', disabled: false, previousSecretUntil: null, createdAt: body.createdAt };
    expect(list.body).toContainEqual(shown);
    const rows = await test.dataSource.query<object[]>('SELECT * FROM service_clients');
    expect(JSON.stringify(rows)).not.toContain(body.secret);
    expect(await statusOf(new Service(test, body.id, body.secret))).toBe(200);
  });

  it('get a new secret, with which the old one ends at once or after its grace', async () => {
    const first = await Service.register(test, admin);
    const rotate = async (body: object) =>
      (await admin.ask<ServiceClientWithSecretDto>('POST', `/service-clients/${first.id}/rotate-secret`, body)).body;
    const second = first.with((await rotate({})).secret);
    expect([await statusOf(first), await statusOf(second)]).toEqual([401, 200]);

    const third = first.with((await rotate({ graceSeconds: 60 })).secret);
    expect([await statusOf(second), await statusOf(third)]).toEqual([200, 200]);
    test.clock.advance({ seconds: 60 });
    expect([await statusOf(second), await statusOf(third)]).toEqual([401, 200]);
  });

  it('can be disabled, enabled and deleted, which is felt at once', async () => {
    const service = await Service.register(test, admin);
    const path = `/service-clients/${service.id}`;
    expect(await statusOf(service)).toBe(200);

    await admin.ask('PUT', path, { name: 'orders', disabled: true });
    expect(await statusOf(service)).toBe(401);
    await admin.ask('PUT', path, { name: 'orders' });
    expect(await statusOf(service)).toBe(200);
    expect((await admin.ask('DELETE', path)).status).toBe(204);
    expect(await statusOf(service)).toBe(401);
    for (const id of [service.id, 'x', "'%20OR%201=1"])
      expectProblem(await admin.ask('DELETE', `/service-clients/${id}`), 404, 'service_clients.not_found');
  });

  it('leave an audit event for every change, and for a refusal', async () => {
    const service = await Service.register(test, admin);
    await service.with(WRONG).introspect('x');
    await admin.ask('POST', `/service-clients/${service.id}/rotate-secret`, {});
    await admin.ask('PUT', `/service-clients/${service.id}`, { name: 'orders', disabled: true });
    await admin.ask('DELETE', `/service-clients/${service.id}`);

    const ours = (await admin.events()).filter(({ detail }) => detail?.clientId === service.id);
    const verbs = ['refused', 'deleted', 'updated', 'secret_rotated', 'created'].map(
      (verb) => `service_client.${verb}`,
    );
    expect(ours.map(({ type }) => type).sort()).toEqual(verbs.sort());
    expect(ours.filter(({ actorId }) => actorId === admin.id)).toHaveLength(4);
  });

  it('are for admins only', async () => {
    const { accessToken: token } = await registered(test);

    for (const [method, path] of [
      ['GET', ''],
      ['POST', ''],
      ['DELETE', '/svc_0000000000000000'],
    ] as const)
      expectProblem(
        await test.client.send(method, `/api/v1/admin/service-clients${path}`, { token }),
        403,
        'auth.forbidden',
      );
  });

  it('answer the same, whether the service or only its secret is unknown', async () => {
    const service = await Service.register(test, admin);
    const nobody = new Service(test, 'svc_0123456789abcdef', service.secret);

    const [wrong, unknown] = [await service.with(WRONG).introspect('x'), await nobody.introspect('x')];

    expect(wrong.text).toBe(unknown.text);
    expect(wrong.status).toBe(unknown.status);
  });

  it('have to wait after wrong secrets, but not those that were right before, nor another network', async () => {
    const [known, guessed] = [await Service.register(test, admin), await Service.register(test, admin)];
    await known.introspect('x');

    const guesses = await Promise.all(Array.from({ length: 200 }, () => guessed.with(WRONG).introspect('x')));

    const { 401: refused = 0, 429: waiting = 0 } = outcomes(guesses);
    expect([refused, waiting]).toEqual([10, 190]);
    const late = await guessed.introspect<{ error: string }>('x');
    expect([late.status, late.body.error]).toEqual([429, 'temporarily_unavailable']);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await statusOf(known)).toBe(200);
    const from = { 'x-forwarded-for': '203.0.113.7' };
    expect((await guessed.post('introspect', 'token=x', from)).status).toBe(200);
  });
});
