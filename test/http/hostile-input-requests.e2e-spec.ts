import { gzipSync } from 'node:zlib';
import { DOORS } from '../support/doors.js';
import { expectProblem } from '../support/problems.js';
import { head, sendRaw } from '../support/raw-http.js';
import { type StoredRows, storedRows } from '../support/stored-rows.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { loginWithWechat } from '../support/wechat-phone.js';

let test: TestApp;
let token: string;
let before: StoredRows;
beforeAll(async () => {
  test = await startTestApp();
  token = (await loginWithWechat(test, 'alice')).body.accessToken;
  before = await storedRows(test.dataSource);
});
afterEach(async () => expect(await storedRows(test.dataSource)).toEqual(before));
afterAll(() => test?.close());

const get = (path: string) => test.client.get<unknown>(path, { token });

describe('a body that is not JSON', () => {
  const send = (path: string, body: string, type: string) =>
    test.client.post<unknown>(path, body, { headers: { 'content-type': type } });

  it.each(DOORS)('is refused at $name whatever it calls itself', async ({ path, body }) => {
    const form = new URLSearchParams(body as Record<string, string>).toString();

    expectProblem(await send(path, form, 'application/x-www-form-urlencoded'), 415, 'request.unsupported_media_type');
    const types = ['text/plain', 'text/xml', 'multipart/form-data; boundary=x', 'application/jsonx', 'application/*'];
    for (const type of [...types, 'application/json, text/plain', 'json', '*/*', ';', 'application/json\u00e4'])
      expectProblem(await send(path, JSON.stringify(body), type), 415, 'request.unsupported_media_type');
  });

  it('is refused when it is compressed', async () => {
    const body = gzipSync(JSON.stringify({ username: 'Alice01', password: 'Blue-Kettle7' }));
    const lines = ['POST /api/v1/auth/login HTTP/1.1', 'host: test', 'connection: close', 'content-encoding: gzip'];
    const request = head(...lines, 'content-type: application/json', `content-length: ${body.length}`);

    expectProblem(await sendRaw(test, Buffer.concat([Buffer.from(request), body])), 400, 'request.invalid');
  });
});

describe('GET /api/v1/auth/username-available', () => {
  it.each([
    [''],
    ['?'],
    ['?username'],
    ['?username='],
    ['?username=ab'],
    ['?username=abc&username=abd'],
    ['?username[]=abc'],
    ['?username[toString]=abc'],
    ['?username=abc%00'],
    ['?username=%ED%A0%80abc'],
    ['?username=%ZZ'],
    ['?username=%'],
    ['?username=%C3%DC%C2%EB'],
    ["?username=a'OR'1'='1"],
    ['?__proto__=abc'],
    ['?constructor=abc&toString=1'],
    [`?username=${'a'.repeat(5_000)}`],
  ])('refuses %j', async (query) => {
    expectProblem(await get(`/api/v1/auth/username-available${query}`), 400, 'request.invalid');
  });
});

describe('DELETE /api/v1/sessions/:id', () => {
  const end = (id: string) => test.client.delete<unknown>(`/api/v1/sessions/${id}`, { token });

  it.each([
    '0',
    'null',
    '%00',
    '%F0%9F%98%80',
    "'OR'1'='1",
    '__proto__',
    '*',
    '..%2F..',
    'g'.repeat(36),
    'a'.repeat(99),
  ])('knows no session called %j', async (id) => expectProblem(await end(id), 404, 'sessions.not_found'));

  it('refuses an id that is far too long or cannot be decoded', async () => {
    for (const id of ['a'.repeat(101), 'a'.repeat(5_000), '%ZZ', '%', '%E0%A4%A'])
      expectProblem(await end(id), 400, 'request.invalid');
  });
});

describe('an address', () => {
  it.each(['/api/v1/%ZZ', '/%', '/api/v1/users/%E0%A4%A', '/%C3%28'])(
    'that cannot be decoded is refused: %s',
    async (path) => expectProblem(await get(path), 400, 'request.invalid'),
  );

  it.each(['/nope', '/api/v1', '/api/v2/users/me', '/api/v1/users/me/', '/API/V1/users/me', '//', '/api/v1/users/%00'])(
    'that does not exist is not found: %s',
    async (path) => expectProblem(await get(path), 404, 'request.not_found'),
  );

  it.each([
    ['/../../etc/passwd', 404, 'request.not_found'],
    ['/api/v1/../../package.json', 404, 'request.not_found'],
    ['/.env', 404, 'request.not_found'],
    ['/docs/../../package.json', 400, 'request.invalid'],
    ['/docs/..%2f..%2fpackage.json', 404, 'request.not_found'],
    ['*', 404, 'request.not_found'],
  ])('does not climb out of the server: %s', async (target, status, code) => {
    const request = head(`GET ${target} HTTP/1.1`, 'host: test', 'connection: close');

    expectProblem(await sendRaw(test, request), status, code);
  });
});

describe('a request that Node itself refuses', () => {
  it.each([
    ['something that is not HTTP', head('NOT HTTP AT ALL')],
    ['a header without a name', head('GET /ping HTTP/1.1', 'host: test', ': value')],
    ['a header with a control character', head('GET /ping HTTP/1.1', 'host: test', 'x-a: b\u0001c\u0000')],
    ['a length that is no number', head('POST /api/auth HTTP/1.1', 'host: test', 'content-length: many')],
    ['two lengths', head('POST /api/auth HTTP/1.1', 'host: test', 'content-length: 2', 'content-length: 3')],
    ['a length beside chunks', head('POST / HTTP/1.1', 'host: t', 'content-length: 2', 'transfer-encoding: chunked')],
  ])('is answered as a problem: %s', async (_, request) => {
    expectProblem(await sendRaw(test, request), 400, 'request.invalid');
  });

  it('is answered as too large when its headers have no end', async () => {
    for (const line of [`x-big: ${'a'.repeat(20_000)}`, `cookie: ${'a=b; '.repeat(4_000)}`])
      expectProblem(await sendRaw(test, head('GET /ping HTTP/1.1', 'host: test', line)), 413, 'request.too_large');
    const target = `/ping?${'a'.repeat(20_000)}`;
    expectProblem(await sendRaw(test, head(`GET ${target} HTTP/1.1`, 'host: test')), 413, 'request.too_large');
  });
});
