import { AuditLog } from '../../../src/platform/audit/audit-log.js';
import { Admin } from '../../support/admins.js';
import { login, registered, WRONG_PASSWORD } from '../../support/password-users.js';
import { expectProblem } from '../../support/problems.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';

describe('GET /api/v1/admin/audit-events', () => {
  let test: TestApp;
  let admin: Admin;
  beforeAll(async () => {
    test = await startTestApp();
    admin = await Admin.start(test);
  });
  afterAll(() => test?.close());

  it('shows what happened, newest first, with everything that is known', async () => {
    const tokens = await registered(test, { username: 'Traced01' });
    test.clock.advance({ seconds: 1 });
    await login(test, { username: 'Traced01', password: WRONG_PASSWORD });

    const [refused, registration] = await admin.events();

    expect(refused).toMatchObject({
      type: 'login',
      outcome: 'refused',
      userId: null,
      createdAt: test.clock.now().toJSON(),
    });
    expect(registration).toEqual({
      ...{ id: expect.any(String), type: 'register', outcome: 'ok', userId: tokens.user.id, actorId: null },
      ...{ sessionId: tokens.sessionId, ipAddress: '127.0.0.1', userAgent: expect.any(String), detail: null },
      createdAt: expect.any(String),
    });
  });

  it('narrows by user, session, type, outcome and time', async () => {
    const [one, two] = [await registered(test, { username: 'Narrow01' }), await registered(test)];
    const between = test.clock.now();
    test.clock.advance({ minutes: 1 });
    const later = (await login(test, { username: 'Narrow01' })).body;
    const types = async (query: Record<string, string>) =>
      (await admin.events(query)).map(({ type, userId }) => `${type} ${userId}`);
    const [register, loggedIn] = [`register ${one.user.id}`, `login ${one.user.id}`];

    expect(await types({ userId: one.user.id })).toEqual([loggedIn, register]);
    expect(await types({ sessionId: later.sessionId })).toEqual([loggedIn]);
    expect(await types({ userId: one.user.id, type: 'register' })).toEqual([register]);
    expect(await types({ userId: two.user.id, outcome: 'refused' })).toEqual([]);
    const after = new Date(between.getTime() + 1).toISOString();
    expect(await types({ userId: one.user.id, from: after })).toEqual([loggedIn]);
    expect(await types({ userId: one.user.id, to: after })).toEqual([register]);
    expect(await types({ userId: one.user.id, from: between.toISOString(), to: between.toISOString() })).toEqual([]);
  });

  it('pages through everything once, also through events of one and the same moment', async () => {
    const { user } = await registered(test);
    const log = test.app.get(AuditLog);
    for (let i = 0; i < 23; i++) {
      log.record({ type: 'login', outcome: 'ok', userId: user.id, detail: { i } });
      if (i % 10 === 9) test.clock.advance({ seconds: 1 });
    }
    const seen: unknown[] = [];
    let before: string | null = null;
    do {
      const page = await admin.trail({ userId: user.id, type: 'login', limit: '4', ...(before && { before }) });
      seen.push(...page.items.map(({ detail }) => detail?.i));
      before = page.nextBefore;
    } while (before);

    expect(seen).toEqual(Array.from({ length: 23 }, (_, i) => 22 - i));
  });

  it.each([
    ['userId', 'x'],
    ['sessionId', 'x'],
    ['outcome', 'maybe'],
    ['type', 'login.ok'],
    ['from', 'yesterday'],
    ['to', '2026-01-01'],
    ['before', '1; DROP TABLE users'],
    ['limit', '201'],
    ['limit', '0'],
  ])('refuses %s=%s', async (field, value) => {
    const answer = await admin.ask('GET', `/audit-events?${field}=${encodeURIComponent(value)}`);

    expectProblem(answer, 400, 'request.invalid');
    expect(answer.body.errors?.map((error) => error.field)).toEqual([field]);
  });
});
