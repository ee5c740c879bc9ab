import { Controller, Get, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { describeApi } from '../../src/app.docs.js';
import { AppModule } from '../../src/app.module.js';
import { loadEnvironment } from '../../src/platform/config/load-environment.js';
import { registered } from '../support/password-users.js';
import { expectProblem } from '../support/problems.js';
import { head, sendRaw } from '../support/raw-http.js';
import { isPage, type Route, routesOf } from '../support/routes.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { createTestDatabase, isMysql, type TestDatabase } from '../support/test-database.js';

// A new public route has to be entered here by hand, and so be seen by whoever reviews the change.
const PUBLIC = [
  'GET /.well-known/jwks.json',
  'GET /api/v1/auth/username-available',
  'GET /api/v1/wechat/events/:appId',
  'GET /health',
  'GET /health/live',
  'GET /health/ready',
  'GET /ping',
  'POST /api/auth',
  'POST /api/v1/auth/login',
  'POST /api/v1/auth/phone',
  'POST /api/v1/auth/refresh',
  'POST /api/v1/auth/register',
  'POST /api/v1/auth/web/login',
  'POST /api/v1/auth/web/refresh',
  'POST /api/v1/auth/web/register',
  'POST /api/v1/auth/wechat',
  'POST /api/v1/wechat/events/:appId',
];
// They ask for the secret of a service instead of somebody's token.
const FOR_SERVICES = ['POST /api/v1/auth/introspect', 'POST /api/v1/auth/revoke'];
const isDocs = ({ path }: Route) => path.startsWith('/docs');
const isHead = ({ method }: Route) => method === 'HEAD';
const nameOf = ({ method, path }: Route) => `${method} ${path}`;

describe('the router', () => {
  let test: TestApp;
  let routes: Route[];
  beforeAll(async () => {
    test = await startTestApp();
    routes = routesOf(test).filter((route) => !isDocs(route) && !isPage(route));
  });
  afterAll(() => test?.close());

  const knock = ({ method, path }: Route, headers: Record<string, string> = {}) =>
    test.client.send<unknown>(method, path.replace(/:\w+/g, 'x'), { headers });

  it('has the routes it is known to have, so that what follows is not about nothing', () => {
    const known = ['GET /api/v1/users/me', 'DELETE /api/v1/sessions/:id', 'POST /api/v1/auth/logout', 'GET /ping'];

    expect(routes.map(nameOf)).toEqual(expect.arrayContaining(known));
  });

  it('opens no door without a token but the public ones', async () => {
    const open: string[] = [];
    for (const route of routes.filter((route) => !isHead(route)))
      if ((await knock(route)).status !== 401) open.push(nameOf(route));

    expect(open.sort()).toEqual(PUBLIC);
  });

  it('asks at every other door for a token, with a good and with a bad one', async () => {
    const known = [...PUBLIC, ...FOR_SERVICES];
    for (const route of routes.filter((route) => !isHead(route) && !known.includes(nameOf(route)))) {
      expectProblem(await knock(route), 401, 'auth.access_token_missing');
      expectProblem(await knock(route, { authorization: 'Bearer a.b.c' }), 401, 'auth.access_token_invalid');
      expectProblem(await knock(route, { authorization: 'Basic YTpi' }), 401, 'auth.access_token_invalid');
    }
  });

  it.each(FOR_SERVICES)('asks at the door of services for a service: %s', async (name) => {
    const route = routes.find((each) => nameOf(each) === name)!;
    const { accessToken } = await registered(test);

    for (const authorization of ['Bearer a.b.c', `Bearer ${accessToken}`, 'Basic YTpi', '']) {
      const { status, body } = await knock(route, { authorization });
      expect({ status, body }).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    }
  });

  it('opens the doors of admins to nobody else', async () => {
    const { accessToken } = await registered(test);
    const doors = routes.filter(({ path }) => path.startsWith('/api/v1/admin/'));
    const asUser = { authorization: `Bearer ${accessToken}` };

    expect(doors.map(nameOf)).toContain('POST /api/v1/admin/users/:id/merge');
    for (const route of doors.filter((route) => !isHead(route)))
      expectProblem(await knock(route, asUser), 403, 'auth.forbidden');
  });

  it('is as closed to HEAD as to GET', async () => {
    const heads = routes.filter(isHead);
    const open = [];
    for (const { path } of heads) {
      const { status } = await fetch(test.client.url + path, { method: 'HEAD' });
      if (status !== 401) open.push(`GET ${path}`);
    }

    expect(heads.length).toBeGreaterThan(0);
    expect(open.sort()).toEqual(PUBLIC.filter((name) => name.startsWith('GET')));
  });

  it('cannot be talked into a closed route by the headers of proxies', async () => {
    const tricks = [
      'x-original-url',
      'x-rewrite-url',
      'x-http-method-override',
      'x-forwarded-uri',
      'x-method-override',
    ];
    for (const name of tricks) {
      const answer = await test.client.get<unknown>('/ping', { headers: { [name]: '/api/v1/users/me' } });
      expect(answer.body).toEqual({ message: 'pong' });
    }
  });

  it('knows no TRACE, which would show a request with its headers to whoever reads the answer', async () => {
    const lines = ['TRACE /ping HTTP/1.1', 'host: test', 'connection: close', 'cookie: a=secret-of-the-house'];
    const answer = await sendRaw(test, head(...lines));

    expect([404, 405]).toContain(answer.status);
    expect(JSON.stringify(answer.body)).not.toContain('secret-of-the-house');
  });

  it('documents a token wherever it asks for one', () => {
    const { paths } = describeApi(test.app);
    const undocumented = routes
      .filter((route) => !isHead(route) && !PUBLIC.includes(nameOf(route)))
      .filter(({ method, path }) => {
        const item = paths[path.replace(/:(\w+)/g, '{$1}')] as Record<string, { security?: unknown[] }> | undefined;
        return !item?.[method.toLowerCase()]?.security?.length;
      });

    expect(undocumented).toEqual([]);
  });

  it('closes the one door to a logout without a token', async () => {
    const logout = (body: object, token?: string) => test.client.post<unknown>('/api/auth', body, { token });

    expectProblem(await logout({ action: 'logout' }), 401, 'auth.access_token_missing');
    expectProblem(await logout({ action: 'logout' }, 'a.b.c'), 401, 'auth.access_token_invalid');
    expectProblem(await logout({ action: 'logout', username: 'Alice01' }), 401, 'auth.access_token_missing');
  });

  // Two servers on one database: that is for MySQL only.
  const itOnMysql = isMysql ? it : () => undefined;
  itOnMysql('shows no documentation in production', async () => {
    test.environment.isProduction = true;
    const production = await test.sibling();
    try {
      expect(routesOf(production).filter(isDocs)).toEqual([]);
      for (const path of ['/docs', '/docs-json', '/docs-yaml'])
        expectProblem(await production.client.get(path), 404, 'request.not_found');
    } finally {
      await production.close();
    }
  });
});

describe('a route that somebody adds and forgets to think about', () => {
  @Controller('forgotten')
  class ForgottenController {
    @Get()
    read(): string {
      return 'the secret of the house';
    }
  }
  @Module({ controllers: [ForgottenController] })
  class ForgottenModule {}

  let database: TestDatabase;
  let app: NestFastifyApplication;
  beforeAll(async () => {
    database = await createTestDatabase();
    const environment = loadEnvironment({
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      BCRYPT_COST: '4',
      ...database.settings,
    });
    const imports = [AppModule.forRoot(environment), ForgottenModule];
    const module = await Test.createTestingModule({ imports }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    await app.init();
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  it('is closed', async () => {
    const answer = await app.inject({ method: 'GET', url: '/forgotten' });

    expect({ status: answer.statusCode, code: answer.json<{ code: string }>().code }).toEqual({
      status: 401,
      code: 'auth.access_token_missing',
    });
    expect(answer.body).not.toContain('the secret of the house');
  });
});
