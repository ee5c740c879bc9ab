import type { ProblemDetails } from '../../src/platform/errors/problem-details.dto.js';
import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import type { SessionDto } from '../../src/sessions/dto/session.dto.js';
import { expectProblem } from '../support/problems.js';
import { storedRows } from '../support/stored-rows.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { loginWithWechat } from '../support/wechat-phone.js';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test?.close());

const register = <Body>(username: string, fields: object = {}) =>
  test.client.post<Body>('/api/v1/auth/register', { username, password: 'Blue-Kettle7', ...fields });
const currentSession = async (token: string) => {
  const { body } = await test.client.get<SessionDto[]>('/api/v1/sessions', { token });
  return body.find(({ current }) => current);
};

describe('what a client says about its device', () => {
  it.each([
    ['emoji', '📱'.repeat(100)],
    ['Chinese', '小'.repeat(100)],
    ['combining marks', 'e\u0301'.repeat(50)],
    ['markup and quotes', `<script>alert("1")</script> ' OR 1=1 -- \\ %s {{7*7}}`],
    ['directions and invisible characters', '\u202eabc\u200b\ufeff\u2028'],
  ])('comes back as it was sent: %s', async (_, name) => {
    const { body } = await loginWithWechat(test, 'alice', { device: { name } });

    expect(await currentSession(body.accessToken)).toMatchObject({ deviceName: name });
  });

  it.each([
    ['letters', 'a'.repeat(101)],
    ['emoji', '📱'.repeat(101)],
    ['letters with variation selectors, which class-validator does not count', 'a\ufe0f'.repeat(51)],
  ])('is refused when the database could not hold it: %s', async (_, name) => {
    const answer = await loginWithWechat(test, 'alice', { device: { name } });

    expectProblem(answer, 400, 'request.invalid');
    expect((answer.body as unknown as ProblemDetails).errors).toEqual([
      { field: 'device.name', code: 'maxLength', message: '最多 100 个字符' },
    ]);
  });

  it('may be null, as a whole and in part', async () => {
    const none = await loginWithWechat(test, 'alice', { device: null, appId: null });
    const nothing = await loginWithWechat(test, 'alice', { device: { id: null, name: null, platform: null } });
    const registered = await register<TokensDto>('NullDevice', { device: null, email: null });

    expect([none.status, nothing.status, registered.status]).toEqual([200, 200, 201]);
    expect(await currentSession(none.body.accessToken)).toMatchObject({ deviceName: null, platform: null });
  });
});

describe('a user agent', () => {
  it('is cut to what the database holds, whatever bytes it has', async () => {
    const headers = { 'user-agent': `\u00e9\u00ff${'a'.repeat(4_000)}` };
    const code = await test.wechat.code('agent');

    const { status, body } = await test.client.post<TokensDto>('/api/v1/auth/wechat', { code }, { headers });

    const rows = await test.dataSource.query<{ user_agent: string }[]>('SELECT user_agent FROM sessions WHERE id = ?', [
      body.sessionId,
    ]);
    expect({ status, length: rows[0]!.user_agent.length }).toEqual({ status: 200, length: 255 });
  });
});

describe('an e-mail address', () => {
  it('is refused when its lower-case form would not fit the database', async () => {
    const before = await storedRows(test.dataSource);
    // İ becomes two characters in lower case.
    const answer = await register<ProblemDetails>('LongEmail', { email: `${'İ'.repeat(32)}@${'a'.repeat(60)}.com` });

    expectProblem(answer, 400, 'request.invalid');
    expect(answer.body.errors).toEqual([expect.objectContaining({ field: 'email', code: 'maxLength' })]);
    expect(await storedRows(test.dataSource)).toEqual(before);
  });

  it('is refused when it carries a header, a comment or a second address', async () => {
    for (const email of [
      'a@b.com\r\nBcc: c@d.com',
      'a@b.com, c@d.com',
      '<a@b.com>',
      'a@b.com\0',
      'a@b',
      '@b.com',
      ' a@b.com',
    ])
      expectProblem(await register('HeaderEmail', { email }), 400, 'request.invalid');
  });
});

describe('fields that nobody asked for', () => {
  it('give no role, id or ban to a new user', async () => {
    const { status, body } = await register<TokensDto>('Mallory', {
      ...{ role: 'admin', id: '1', userId: '1', bannedUntil: null, isNewUser: false, createdAt: '2000-01-01' },
      user: { role: 'admin' },
    });

    expect({ status, user: body.user }).toMatchObject({ status: 201, user: { username: 'Mallory', role: 'user' } });
    expect(body.user.createdAt).toBe(test.clock.now().toISOString());
  });
});
