import { QueryFailedError } from 'typeorm';
import { Database } from '../../src/platform/database/database.js';
import { head, sendRaw } from '../support/raw-http.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { loginWithWechat } from '../support/wechat-phone.js';

const SECRET = 'Correct-Horse-Battery-9';

// What must not be in a log line or an answer is watched by the harness: a leak fails this file when it closes.
describe('secrets, when everything fails', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
    test.watch.keepSecret('a secret of the client', SECRET);
    test.watch.keepSecret('a secret of the client, encoded', Buffer.from(SECRET).toString('base64'));
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await test.wechat.heal();
  });
  afterAll(() => test?.close());

  const linesDuring = async (work: () => Promise<unknown>): Promise<string[]> => {
    const from = test.watch.lines.length;
    await work();
    return test.watch.lines.slice(from);
  };

  it.each([
    ...['errcode:40125', 'errcode:40029', 'errcode:99999', 'http:500', 'html', 'empty', 'truncated', 'reset'],
    'drop-reply',
  ])('stay secret when WeChat fails with %s', async (fault) => {
    await test.wechat.fault(fault);

    const lines = await linesDuring(() => loginWithWechat(test, 'alice'));

    expect(lines.some((line) => line.includes('"level":40'))).toBe(true);
  });

  it('stay secret when the database refuses what it is given', async () => {
    const refuse = (sql: string, parameters: unknown[] = []) =>
      Promise.reject(new QueryFailedError(sql, [...parameters, SECRET], new Error('Data too long for column')));
    const { refreshToken } = (await loginWithWechat(test, 'alice')).body;
    jest.spyOn(test.app.get(Database), 'write').mockImplementation(refuse);

    const lines = await linesDuring(async () => {
      await loginWithWechat(test, 'alice');
      await test.client.post('/api/v1/auth/register', { username: 'Alice01', password: SECRET });
      await test.client.refresh(refreshToken);
    });

    expect(lines.filter((line) => line.includes('"level":50')).length).toBe(3);
  });

  it.each([
    ['malformed JSON', `{"username":"Alice01","password":"${SECRET}"`],
    ['a password where JSON should begin', SECRET],
    ['a password as a key', `{"${SECRET}": 1}`],
    ['a password in the wrong field', `{"username":"${SECRET}","password":0}`],
    ['a password as the action', `{"action":"${SECRET}"}`],
  ])('stay secret in %s', async (_, body) => {
    for (const path of ['/api/v1/auth/login', '/api/v1/auth/register', '/api/auth'])
      expect((await test.client.post(path, body)).status).toBe(400);
  });

  it('stay secret in addresses, queries and headers', async () => {
    const headers = {
      authorization: `Bearer ${SECRET}`,
      cookie: `token=${SECRET}`,
      'x-api-key': SECRET,
      'x-request-id': `<${SECRET}>`,
      referer: `https://example.com/?password=${SECRET}`,
    };
    const paths = [
      '/api/v1/users/me',
      '/api/v1/sessions',
      `/${SECRET}`,
      `/%ZZ/${SECRET}`,
      `/api/v1/sessions/${SECRET}`,
    ];

    const lines = await linesDuring(async () => {
      for (const path of paths) await test.client.get(`${path}?password=${SECRET}&code=${SECRET}`, { headers });
      await test.client.post('/api/v1/auth/login', { username: 'Alice01', password: 'x' }, { headers });
    });

    expect(lines.length).toBeGreaterThanOrEqual(paths.length);
  });

  it('stay secret in what is not even HTTP', async () => {
    for (const request of [SECRET, `GET /?p=${SECRET} HTTP/9.9`, `GET / HTTP/1.1\r\nhost: t\r\nx:${SECRET}\u0001`])
      expect((await sendRaw(test, head(request))).status).toBe(400);
  });

  it('stay secret when a user is refused by password', async () => {
    await test.client.post('/api/v1/auth/register', { username: 'Alice02', password: SECRET });
    const answers = [
      await test.client.post('/api/v1/auth/login', { username: 'Alice02', password: `${SECRET}!` }),
      await test.client.post('/api/v1/auth/login', { username: SECRET, password: 'Blue-Kettle7' }),
      await test.client.post('/api/v1/auth/register', { username: 'Alice02', password: SECRET }),
      await test.client.post('/api/v1/auth/register', { username: 'Alice03', password: SECRET.toLowerCase() }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 409, 400]);
  });
});
