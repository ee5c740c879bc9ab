import { freshUsername, PASSWORD } from '../support/password-users.js';
import { expectProblem } from '../support/problems.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { FROM_OUR_PAGE, WebPage } from '../support/web/web-page.js';

describe('the doors of the web page, asked by other sites', () => {
  let test: TestApp;
  let page: WebPage;
  beforeAll(async () => {
    test = await startTestApp();
    page = new WebPage(test.client);
    await page.send('register', { username: freshUsername(), password: PASSWORD });
  });
  afterAll(() => test?.close());

  const withHeaders = (headers: Record<string, string>): WebPage =>
    Object.assign(new WebPage(test.client, headers), { cookie: page.cookie });
  const ours = (): string => test.client.url;

  it.each<[sent: string, headers: () => Record<string, string>]>([
    ['by a page of another site', () => ({ ...FROM_OUR_PAGE, 'sec-fetch-site': 'cross-site' })],
    ['by a page of a neighbouring subdomain', () => ({ ...FROM_OUR_PAGE, 'sec-fetch-site': 'same-site' })],
    ['by nobody’s page', () => ({ ...FROM_OUR_PAGE, 'sec-fetch-site': 'none' })],
    [
      'with our origin, but a browser that says otherwise',
      () => ({
        ...{ ...FROM_OUR_PAGE, 'sec-fetch-site': 'cross-site', origin: ours() },
      }),
    ],
    ['by a form, which cannot add a header', () => ({ 'sec-fetch-site': 'same-origin', origin: ours() })],
    ['with a header that says something else', () => ({ ...FROM_OUR_PAGE, 'x-wx-login-web': 'yes' })],
    ['by an old browser on another site', () => ({ 'x-wx-login-web': '1', origin: 'https://evil.example' })],
    ['by an old browser on another port', () => ({ 'x-wx-login-web': '1', origin: 'http://127.0.0.1:1' })],
    ['out of a sandbox', () => ({ 'x-wx-login-web': '1', origin: 'null' })],
    ['by something that says neither', () => ({ 'x-wx-login-web': '1' })],
  ])('refuse what is sent %s', async (_, headers) => {
    const { body } = await page.send('refresh');
    for (const [door, token] of [['refresh'], ['login'], ['register'], ['logout', body.accessToken]] as const)
      expectProblem(await withHeaders(headers()).refuse(door, {}, token), 403, 'auth.forbidden');

    expect((await page.send('refresh')).status).toBe(200);
  });

  it('let in an old browser on our own page', async () => {
    const answer = await withHeaders({ 'x-wx-login-web': '1', origin: ours() }).send('refresh');

    expect(answer.status).toBe(200);
  });

  it('never tell a browser that another site may ask', async () => {
    const response = await fetch(`${ours()}/api/v1/auth/web/refresh`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://evil.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-wx-login-web',
      },
    });

    expect(response.ok).toBe(false);
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});
