import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import { AuditLog } from '../../src/platform/audit/audit-log.js';
import { eventually } from '../support/eventually.js';
import { statementsDuring } from '../support/statements.js';
import { PATIENT } from '../support/mini-programs.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { isMysql } from '../support/test-database.js';
import type { Answer } from '../support/http-client.js';

const LOGIN = '/api/v1/auth/wechat';
const phone = { id: 'a-phone-of-alice' };
const otherPhone = { id: 'a-phone-of-mallory' };

describe('POST /api/v1/auth/wechat with one code several times', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp(PATIENT);
  });
  afterAll(() => test?.close());
  afterEach(() => test.wechat.heal());

  const login = (code: string, device: object | undefined = phone, server = test): Promise<Answer<TokensDto>> =>
    server.client.post<TokensDto>(LOGIN, { code, device });
  const count = async (table: string): Promise<number> => {
    const [row] = await test.dataSource.query<{ n: number }[]>(`SELECT COUNT(*) AS n FROM ${table}`);
    return Number(row!.n);
  };
  const exchanges = async (): Promise<number> =>
    (await test.wechat.calls()).filter(({ path }) => path === '/sns/jscode2session').length;
  const codeOf = ({ body }: Answer<unknown>): string => (body as { code: string }).code;

  it('gives the device that lost the answer the same session again, and still says that the user is new', async () => {
    const code = await test.wechat.code('alice');
    const first = await login(code);
    const second = await login(code);

    expect(second.status).toBe(200);
    expect(second.body).toMatchObject({
      sessionId: first.body.sessionId,
      refreshToken: first.body.refreshToken,
      isNewUser: true,
      user: { id: first.body.user.id },
    });
    expect((await test.client.get('/api/v1/users/me', { token: second.body.accessToken })).status).toBe(200);
  });

  it('gives the current refresh token when the session has been refreshed meanwhile', async () => {
    const code = await test.wechat.code('bob');
    const first = await login(code);
    const refreshed = await test.client.refresh(first.body.refreshToken);

    const again = await login(code);

    expect(again.body.refreshToken).toBe(refreshed.body.refreshToken);
    expect(again.body.sessionId).toBe(first.body.sessionId);
  });

  it('asks WeChat once for 200 requests at once, and opens one session', async () => {
    const code = await test.wechat.code('crowd');
    const [sessions, asked] = [await count('sessions'), await exchanges()];

    const answers = await Promise.all(Array.from({ length: 200 }, () => login(code)));

    expect(answers.map(({ status }) => status)).toEqual(Array(200).fill(200));
    expect(new Set(answers.map(({ body }) => body.sessionId)).size).toBe(1);
    expect(new Set(answers.map(({ body }) => body.refreshToken)).size).toBe(1);
    expect([await count('sessions'), await exchanges()]).toEqual([sessions + 1, asked + 1]);
  });

  it('refuses the code from another device, while and after its own uses it', async () => {
    const code = await test.wechat.code('carol');
    await test.wechat.fault(undefined, { delayMs: 300, times: 1 });
    const asked = await exchanges();
    const own = login(code);
    await eventually(async () => (await exchanges()) > asked, 5_000);

    const during = await login(code, otherPhone);
    const mine = await own;
    const after = await login(code, otherPhone);
    const nameless = await test.client.post(LOGIN, { code });

    expect(mine.status).toBe(200);
    expect([during, after, nameless].map(({ status }) => status)).toEqual([401, 401, 401]);
    expect([during, after, nameless].map(codeOf)).toEqual(Array(3).fill('wechat.login_code_used'));
  });

  it('knows a client without a device id by its address and user agent', async () => {
    const code = await test.wechat.code('dave');
    const from = (agent: string) => test.client.post<TokensDto>(LOGIN, { code }, { headers: { 'user-agent': agent } });
    const first = await from('MicroMessenger/8.0');
    const same = await from('MicroMessenger/8.0');
    const other = await from('curl/8');

    expect(same.body.sessionId).toBe(first.body.sessionId);
    expect(codeOf(other)).toBe('wechat.login_code_used');
  });

  it('leaves it to WeChat to refuse the code after a minute', async () => {
    const code = await test.wechat.code('erin');
    await login(code);
    test.clock.advance({ seconds: 61 });
    const late = await login(code);

    expect([late.status, codeOf(late)]).toEqual([401, 'wechat.login_code_used']);
  });

  it('opens no second session when the first has been ended', async () => {
    const code = await test.wechat.code('frank');
    const { body } = await login(code);
    await test.client.post('/api/v1/auth/logout', undefined, { token: body.accessToken });
    const again = await login(code);

    expect([again.status, codeOf(again)]).toEqual([401, 'wechat.login_code_used']);
  });

  it('asks the client for a new code when the answer of WeChat was lost', async () => {
    const code = await test.wechat.code('grace');
    await test.wechat.fault('drop-reply', { times: 1 });
    const lost = await login(code);
    const again = await login(code);
    const fresh = await login(await test.wechat.code('grace'));

    expect([lost.status, codeOf(lost)]).toEqual([503, 'wechat.unavailable']);
    expect([again.status, codeOf(again)]).toEqual([401, 'wechat.login_code_used']);
    expect(fresh.status).toBe(200);
  });

  it('lets the same code be sent again when WeChat only said to wait', async () => {
    const code = await test.wechat.code('heidi');
    await test.wechat.fault('errcode:45011', { times: 1 });
    const early = await login(code);
    const later = await login(code);

    expect([codeOf(early), later.status]).toEqual(['wechat.rate_limited', 200]);
  });

  it('costs a known device four statements', async () => {
    await login(await test.wechat.code('judy'));
    test.clock.advance({ minutes: 1 });
    const code = await test.wechat.code('judy');
    await test.app.get(AuditLog).flush();

    const statements = await statementsDuring(test.dataSource, () => login(code));

    const ofLogin = statements.filter((sql) =>
      /one_time_results|wechat_accounts|device_key|sessions SET gen/.test(sql),
    );
    expect(ofLogin.map((sql) => sql.split(' ')[0])).toEqual(['SELECT', 'UPDATE', 'SELECT', 'UPDATE']);
  });

  it('keeps neither the code nor the session_key beside the session', async () => {
    const code = await test.wechat.code('leo');
    const { body } = await login(code);
    const rows = JSON.stringify(
      await test.dataSource.query('SELECT HEX(login_code_hash) AS hash FROM sessions WHERE id = ?', [body.sessionId]),
    );

    expect(rows).toMatch(/[0-9A-F]{64}/);
    expect(rows).not.toContain(Buffer.from(code).toString('hex').toUpperCase());
  });

  const onMysql = isMysql ? it : it.skip;
  onMysql('opens one session for 200 requests at once at two servers', async () => {
    const sibling = await test.sibling();
    const code = await test.wechat.code('twins');
    const [sessions, asked] = [await count('sessions'), await exchanges()];

    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) => login(code, phone, i % 2 ? test : sibling)),
    );

    expect(answers.map(({ status }) => status)).toEqual(Array(200).fill(200));
    expect(new Set(answers.map(({ body }) => body.refreshToken)).size).toBe(1);
    expect(await count('sessions')).toBe(sessions + 1);
    expect(await exchanges()).toBeLessThanOrEqual(asked + 2); // each server may ask once; WeChat lets one in
    await sibling.close();
  });
});

describe('POST /api/v1/auth/wechat when nothing reaches WeChat', () => {
  it('leaves the code whole: the client may send it again', async () => {
    const test = await startTestApp({ WECHAT_API_BASE_URL: 'http://127.0.0.1:9' });
    const code = await test.wechat.code('quinn');
    const answers = [await test.client.post(LOGIN, { code }), await test.client.post(LOGIN, { code })];

    expect(answers.map(({ body }) => (body as { code: string }).code)).toEqual(Array(2).fill('wechat.unavailable'));
    await test.close();
  });
});
