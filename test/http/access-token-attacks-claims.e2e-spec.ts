import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import { Forger } from '../support/forged-tokens.js';
import { expectProblem } from '../support/problems.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { loginWithWechat } from '../support/wechat-phone.js';

describe('GET /api/v1/users/me', () => {
  let test: TestApp;
  let tokens: TokensDto;
  let forger: Forger;
  beforeAll(async () => {
    test = await startTestApp();
  });
  beforeEach(async () => {
    tokens = (await loginWithWechat(test, 'alice')).body;
    forger = await Forger.start(test, tokens.accessToken);
  });
  afterAll(() => test?.close());

  const me = (token: string) => test.client.get<unknown>('/api/v1/users/me', { token });
  const expectInvalid = async (claims: Record<string, unknown>) =>
    expectProblem(await me(forger.write({ claims })), 401, 'auth.access_token_invalid');

  it.each(['iss', 'aud', 'sub', 'sid', 'gen', 'role', 'iat', 'exp', 'jti'])(
    "refuses the server's own signature over claims without %s, or with one of the wrong type",
    async (claim) => {
      for (const value of [undefined, null, true, {}, [], [forger.claims[claim]], '']) {
        if (value === '' && ['sub', 'sid', 'jti'].includes(claim)) continue; // texts of ours are not checked for content
        await expectInvalid({ [claim]: value });
      }
    },
  );

  it('refuses texts for numbers and numbers for texts', async () => {
    const { gen, iat, exp } = forger.claims;

    for (const [claim, value] of Object.entries({ gen, iat, exp })) await expectInvalid({ [claim]: String(value) });
    for (const claim of ['iss', 'aud', 'sub', 'sid', 'jti', 'role']) await expectInvalid({ [claim]: 1 });
    for (const value of [1.5, -0.5]) await expectInvalid({ gen: value });
  });

  it('refuses another issuer', async () => {
    for (const iss of ['wx-login2', 'WX-LOGIN', ' wx-login', 'wx-login/', 'https://wx-login'])
      await expectInvalid({ iss });
  });

  it('refuses another audience, also beside the right one', async () => {
    for (const aud of ['web', 'MINI-PROGRAM', ['web'], ['mini-program', 'web'], ['web', 'mini-program']])
      await expectInvalid({ aud });
  });

  it('refuses a role that does not exist', async () => {
    for (const role of ['root', 'Admin', 'superuser', 'user,admin']) await expectInvalid({ role });
  });

  it('refuses a token from the second it expires, also one it has let in before', async () => {
    const { exp } = forger.claims as { exp: number };
    expect((await me(tokens.accessToken)).status).toBe(200);

    test.clock.advance({ seconds: exp - test.clock.nowSeconds() - 1 });
    expect((await me(tokens.accessToken)).status).toBe(200);

    test.clock.advance({ seconds: 1 });
    const answer = await me(tokens.accessToken);
    expectProblem(answer, 401, 'auth.access_token_expired');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expectProblem(await me(forger.write({})), 401, 'auth.access_token_expired');
  });

  it('refuses a token that expired long ago or before 1970', async () => {
    for (const exp of [test.clock.nowSeconds() - 1, 1, 0, -1])
      expectProblem(await me(forger.write({ claims: { exp } })), 401, 'auth.access_token_expired');
  });

  it('refuses a token whose session has ended, also one it has let in before', async () => {
    expect((await me(tokens.accessToken)).status).toBe(200);

    const { status } = await test.client.post('/api/v1/auth/logout', undefined, { token: tokens.accessToken });

    expect(status).toBe(204);
    expectProblem(await me(tokens.accessToken), 401, 'sessions.ended');
    expectProblem(await me(forger.write({ claims: { jti: 'another', gen: 2 } })), 401, 'sessions.ended');
  });

  it('refuses a token with claims of a user who does not exist', async () => {
    const answer = await me(forger.write({ claims: { sub: '999999999' } }));

    expectProblem(answer, 404, 'users.not_found');
  });
});
