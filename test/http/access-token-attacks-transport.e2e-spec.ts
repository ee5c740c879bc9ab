import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import { expectProblem } from '../support/problems.js';
import { head, sendRaw } from '../support/raw-http.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { loginWithWechat } from '../support/wechat-phone.js';

describe('GET /api/v1/users/me', () => {
  let test: TestApp;
  let tokens: TokensDto;
  beforeAll(async () => {
    test = await startTestApp();
    tokens = (await loginWithWechat(test, 'alice')).body;
  });
  afterAll(() => test?.close());

  const me = (headers: Record<string, string>, query = '') =>
    test.client.get<unknown>(`/api/v1/users/me${query}`, { headers });

  it('takes the scheme in any letter case', async () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER'])
      expect((await me({ authorization: `${scheme} ${tokens.accessToken}` })).status).toBe(200);
  });

  it('asks for a token when there is none', async () => {
    for (const headers of [{}, { authorization: '' }]) {
      const answer = await me(headers as Record<string, string>);
      expectProblem(answer, 401, 'auth.access_token_missing');
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('takes no token from the query, a cookie, another header or a body', async () => {
    const { accessToken: token } = tokens;
    const names = ['access_token', 'accessToken', 'token', 'auth_token', 'authorization'];

    for (const name of names) {
      expectProblem(await me({}, `?${name}=${token}`), 401, 'auth.access_token_missing');
      expectProblem(await me({ cookie: `${name}=${token}` }), 401, 'auth.access_token_missing');
      expectProblem(await me({ [`x-${name.replace('_', '-')}`]: token }), 401, 'auth.access_token_missing');
    }
    expectProblem(await me({ 'proxy-authorization': `Bearer ${token}` }), 401, 'auth.access_token_missing');
    const logout = await test.client.post('/api/v1/auth/logout', { access_token: token, accessToken: token });
    expectProblem(logout, 401, 'auth.access_token_missing');
  });

  it.each([
    ['nothing after the scheme', () => 'Bearer'],
    ['no scheme', (token: string) => token],
    ['no space', (token: string) => `Bearer${token}`],
    ['several spaces', (token: string) => `Bearer   ${token}`],
    ['a tab', (token: string) => `Bearer\t${token}`],
    ['a colon', (token: string) => `Bearer: ${token}`],
    ['quotes', (token: string) => `Bearer "${token}"`],
    ['two tokens', (token: string) => `Bearer ${token} ${token}`],
    ['two tokens in a list', (token: string) => `Bearer ${token}, Bearer ${token}`],
    ['a token and more', (token: string) => `Bearer ${token}.${token}`],
    ['a token with padding', (token: string) => `Bearer ${token}=`],
    ['the scheme twice', (token: string) => `Bearer Bearer ${token}`],
    ['another scheme', (token: string) => `Basic ${token}`],
    ['the scheme JWT', (token: string) => `JWT ${token}`],
    ['the words of a careless client', () => 'Bearer undefined'],
    ['null', () => 'Bearer null'],
    ['a text that is far too long', () => `Bearer ${'a'.repeat(5_000)}.${'b'.repeat(5_000)}.c`],
  ])('refuses a header with %s', async (_, authorization) => {
    const answer = await me({ authorization: authorization(tokens.accessToken) });

    expectProblem(answer, 401, 'auth.access_token_invalid');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('refuses a refresh token as an access token, and an access token as a refresh token', async () => {
    expectProblem(await me({ authorization: `Bearer ${tokens.refreshToken}` }), 401, 'auth.access_token_invalid');
    expectProblem(await test.client.refresh(tokens.accessToken), 401, 'sessions.refresh_token_invalid');
  });

  it('goes by the first of two headers', async () => {
    const lines = ['GET /api/v1/users/me HTTP/1.1', 'host: test', 'connection: close'];
    const good = `authorization: Bearer ${tokens.accessToken}`;
    const bad = 'authorization: Bearer a.b.c';

    expect((await sendRaw(test, head(...lines, good, bad))).status).toBe(200);
    expectProblem(await sendRaw(test, head(...lines, bad, good)), 401, 'auth.access_token_invalid');
  });

  it('lets a token in for its own user only, whoever the request says it is', async () => {
    const other = (await loginWithWechat(test, 'bob')).body;
    const pretence = { 'x-user-id': other.user.id, 'x-wx-openid': 'bob', 'x-forwarded-user': other.user.id };

    const answer = await me({ authorization: `Bearer ${tokens.accessToken}`, ...pretence }, `?userId=${other.user.id}`);

    expect(answer.body).toMatchObject({ id: tokens.user.id });
  });
});
