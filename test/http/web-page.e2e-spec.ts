import { readdirSync } from 'node:fs';
import { expectProblem } from '../support/problems.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const NONCE = /nonce="([^"]+)"/g;
const ASSETS = 'web/dist/assets';
const policyOf = (headers: Headers): string => headers.get('content-security-policy') ?? '';

describe('the web page', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ PASSWORD_MIN_LENGTH: '11' });
  });
  afterAll(() => test?.close());

  it.each(['/', '/login', '/register', '/devices', '/account', '/admin/users', '/admin/users/7', '/login?x=1'])(
    'is at %s',
    async (path) => {
      const { status, text, headers } = await test.client.get<string>(path);

      expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(text).toContain('<div id="root">');
    },
  );

  it.each(['/api', '/api/v1/nothing', '/api/login', '/nothing', '/login/nothing', '/assets', '/assets/nothing.js'])(
    'is not at %s, where an unknown address is told as ever',
    async (path) => expectProblem(await test.client.get(path), 404, 'request.not_found'),
  );

  it('is only for reading', async () => {
    const answer = await test.client.post('/login', {});

    expectProblem(answer, 405, 'request.method_not_allowed');
    expect(answer.headers.get('allow')?.split(', ').sort()).toEqual(['GET', 'HEAD']);
  });

  it('gives every answer a nonce of its own, in the policy and on each tag', async () => {
    const [first, second] = [await test.client.get<string>('/'), await test.client.get<string>('/')];
    const nonces = new Set([...first.text.matchAll(NONCE)].map(([, nonce]) => nonce));
    const [nonce = ''] = nonces;

    expect([nonces.size, nonce.length]).toEqual([1, 24]);
    expect(policyOf(first.headers)).toContain(`script-src 'nonce-${nonce}' 'strict-dynamic'`);
    expect(second.text).not.toContain(nonce);
    expect(first.text.match(/<(script|link rel="(stylesheet|modulepreload)")(?![^>]*nonce=)/g)).toBeNull();
  });

  it('allows nothing that it does not need', async () => {
    const policy = policyOf((await test.client.get<string>('/')).headers);

    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toMatch(/unsafe|\*|http:/);
    for (const part of ["frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'", "connect-src 'self'"])
      expect(policy).toContain(part);
  });

  it('is asked for anew each time, and what it loads never again', async () => {
    const { headers, text } = await test.client.get<string>('/');
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(text)?.[1];
    const asset = await test.client.get<string>(script!, { headers: { 'accept-encoding': 'gzip' } });

    expect([headers.get('cache-control'), headers.get('etag')]).toEqual(['no-cache', null]);
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(asset.headers.get('content-encoding')).toBe('gzip');
    expect(asset.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('has its assets compressed, for browsers that take it', () => {
    const names = readdirSync(ASSETS);
    const plain = names.filter((name) => /\.(js|css|svg)$/.test(name));

    expect(plain.length).toBeGreaterThan(3);
    expect(plain.filter((name) => !names.includes(`${name}.br`) || !names.includes(`${name}.gz`))).toEqual([]);
  });

  it('gives nothing away from outside of its assets', async () => {
    for (const path of ['/assets/../index.html', '/assets/%2e%2e/index.html', '/assets/..%2f..%2fpackage.json'])
      expect((await test.client.get(path)).status).toBeGreaterThanOrEqual(400);
  });

  it('knows the password rules of this server', async () => {
    expect((await test.client.get<string>('/')).text).toContain('<meta name="password-min-length" content="11"');
  });

  it('leaves the policy of the documentation and of the API alone', async () => {
    const docs = policyOf((await test.client.get<string>('/docs')).headers);

    expect(docs).toContain("style-src 'self' 'unsafe-inline'");
    expect(docs).toContain("script-src 'self'");
    expect(docs).not.toContain('nonce');
  });
});

describe('a server without the built page', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ WEB_DIR: 'web/nowhere' });
  });
  afterAll(() => test?.close());

  it('works, and has nothing at the root', async () => {
    expectProblem(await test.client.get('/'), 404, 'request.not_found');
    expect((await test.client.get('/health')).status).toBe(200);
  });
});
