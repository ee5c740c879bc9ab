import type { ProblemDetails } from '../../src/platform/errors/problem-details.dto.js';
import { DOORS } from '../support/doors.js';
import { expectProblem } from '../support/problems.js';
import { head, sendRaw } from '../support/raw-http.js';
import { routesOf } from '../support/routes.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { loginWithWechat } from '../support/wechat-phone.js';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test?.close());

/** Whether a request to `path` may reach the route, by name or by a parameter. */
const leadsTo = (route: string, path: string) => {
  const [wanted, given] = [route.split('/'), path.split('/')];
  return wanted.length === given.length && wanted.every((part, i) => part.startsWith(':') || part === given[i]);
};

const missing = (headers: Record<string, string> = {}) =>
  test.client.get<ProblemDetails>('/api/v1/users/me', { headers });

describe('the language of a problem', () => {
  const inLanguage = async (accept: string) => (await missing({ 'accept-language': accept })).body.title;

  it.each([
    'zh',
    'zh-CN',
    'zh-TW',
    'zh-Hant-HK',
    'zh;q=0.9, en;q=0.8',
    'fr',
    'fr, ja;q=0.5',
    '*',
    'en;q=0',
    'en;q=0, *',
  ])('is Chinese for %j', async (accept) => expect(await inLanguage(accept)).toBe('请先登录'));

  it.each(['en', 'EN', 'en-GB', 'en-US,en;q=0.9', 'zh;q=0.2, en;q=0.8', 'fr, en;q=0.5', 'en-US, zh;q=0.9'])(
    'is English for %j',
    async (accept) => expect(await inLanguage(accept)).toBe('Please log in first'),
  );

  it.each(['', ';', 'q=1', ',,,', 'en;q=x', '%%%', '\u00e4\u00f6', 'a'.repeat(2_000), 'en-'.repeat(500)])(
    'is one of the two for garbage such as %j',
    async (accept) => expect(['请先登录', 'Please log in first']).toContain(await inLanguage(accept)),
  );

  it('is Chinese when the client says nothing', async () => {
    const request = head('GET /api/v1/users/me HTTP/1.1', 'host: test', 'connection: close'); // fetch always says something
    const { text } = await sendRaw(test, request);

    expect(text).toContain('请先登录');
  });

  it('is also that of the fields', async () => {
    const headers = { 'accept-language': 'en' };
    const { body } = await test.client.post<ProblemDetails>('/api/v1/auth/login', { username: 0 }, { headers });

    expect(body.errors).toEqual([
      { field: 'username', code: 'isString', message: 'must be a string' },
      { field: 'password', code: 'isString', message: 'must be a string' },
    ]);
  });
});

describe('a known address asked with another method', () => {
  it('says which methods there are, at every route', async () => {
    const routes = routesOf(test).filter(({ path }) => !path.includes('/docs') && !path.includes('*'));
    for (const path of new Set(routes.map((route) => route.path))) {
      const methods = routes.filter((route) => leadsTo(route.path, path)).map(({ method }) => method);
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter(
        (each) => !methods.includes(each),
      )) {
        const answer = await test.client.send<unknown>(method, path.replace(':id', 'x'), {});

        expectProblem(answer, 405, 'request.method_not_allowed');
        expect(answer.headers.get('allow')?.split(', ').sort()).toEqual([...methods].sort());
      }
    }
  });

  it('goes by the path alone, not by what the query says', async () => {
    const answer = await test.client.get<unknown>('/api/v1/auth/login?/ping=x');

    expectProblem(answer, 405, 'request.method_not_allowed');
    expect(answer.headers.get('allow')).toBe('POST');
  });
});

describe('the request id', () => {
  const idFor = async (given: string) => (await missing({ 'x-request-id': given })).body.requestId;

  it.each(['abcdefgh', '0198c0de-0000-7000-8000-000000000000', 'A_b-C'.repeat(10), 'x'.repeat(64)])(
    'is taken over from a proxy when it is harmless: %s',
    async (given) => expect(await idFor(given)).toBe(given),
  );

  it.each([
    'short',
    'x'.repeat(65),
    'with space',
    '<script>',
    'a"b{c}d:e',
    '../../etc',
    'abcdefgh, ijklmnop',
    'caf\u00e9-bar',
  ])('is made anew when it is not: %s', async (given) =>
    expect(await idFor(given)).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
  );

  it('is another one for each request, and is in the log', async () => {
    const [first, second] = [await missing(), await missing()];

    expect(first.body.requestId).not.toBe(second.body.requestId);
    const lines = test.watch.lines.filter((line) => line.includes(first.body.requestId));
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ method: 'GET', route: '/api/v1/users/me', status: 401 }),
    ]);
  });
});

describe('what every answer says to browsers and caches', () => {
  const safe = {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'referrer-policy': 'no-referrer',
    'content-security-policy': expect.stringContaining("default-src 'self'"),
    'strict-transport-security': expect.stringContaining('max-age='),
  };

  it('has the headers of a careful server, with any outcome', async () => {
    const answers = [
      await test.client.get('/ping'),
      await missing(),
      await test.client.get('/nope'),
      await test.client.get('/api/v1/auth/login'),
      await test.client.post('/api/v1/auth/login', '{'),
      await test.client.post('/api/v1/auth/login', 'x', { headers: { 'content-type': 'text/plain' } }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 401, 404, 405, 400, 415]);
    for (const { headers } of answers) {
      expect(Object.fromEntries(headers)).toMatchObject(safe);
      expect([headers.get('x-powered-by'), headers.get('server')]).toEqual([null, null]);
    }
  });

  it('lets no cache keep tokens, at any door', async () => {
    const login = await loginWithWechat(test, 'alice');
    const credentials = { username: 'Alice01', password: 'Blue-Kettle7' };
    const { post, refresh } = {
      post: test.client.post.bind(test.client),
      refresh: test.client.refresh.bind(test.client),
    };
    const answers = [
      login,
      await refresh(login.body.refreshToken),
      await post('/api/v1/auth/register', credentials),
      await post('/api/v1/auth/login', credentials),
      await post('/api/auth', { action: 'login', ...credentials }),
      await post('/api/auth', { action: 'wechat', code: await test.wechat.code('bob') }),
    ];

    for (const { status, headers, text } of answers) {
      expect([status, headers.get('cache-control')]).toEqual([expect.any(Number), 'no-store']);
      expect(text).toContain('"accessToken":"ey');
    }
  });

  it('lets caches keep the public keys, for a while', async () => {
    const { headers } = await test.client.get('/.well-known/jwks.json');

    expect(headers.get('cache-control')).toBe('public, max-age=300');
  });

  it('lets no other site read an answer', async () => {
    for (const { path } of DOORS) {
      const headers = { origin: 'https://evil.example' };
      const answer = await test.client.post(path, {}, { headers });
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});
