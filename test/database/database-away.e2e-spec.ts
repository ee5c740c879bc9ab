import { AuditLog } from '../../src/platform/audit/audit-log.js';
import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import { SqliteDatabase } from '../../src/platform/database/sqlite-driver.js';
import { whoAmI } from '../support/caller.js';
import { eventually } from '../support/eventually.js';
import type { Answer } from '../support/http-client.js';
import { outcome } from '../support/outcome.js';
import { expectProblem } from '../support/problems.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { isMysql } from '../support/test-database.js';
import { loginWithWechat } from '../support/wechat-phone.js';

const password = 'Blue-Kettle7';

/** One request to each door that needs the database. */
async function knockEverywhere(test: TestApp, tokens: TokensDto): Promise<Record<string, Answer<unknown>>> {
  const { client } = test;
  const token = { token: tokens.accessToken };
  const answers: Record<string, Promise<Answer<unknown>>> = {
    wechat: loginWithWechat(test, 'alice'),
    register: client.post('/api/v1/auth/register', { username: 'Newcomer1', password }),
    login: client.post('/api/v1/auth/login', { username: 'Alice01', password }),
    refresh: client.refresh(tokens.refreshToken),
    available: client.get('/api/v1/auth/username-available?username=Newcomer1'),
    me: whoAmI(test, tokens.accessToken),
    sessions: client.get('/api/v1/sessions', token),
    endOthers: client.delete('/api/v1/sessions', token),
    ready: client.get('/health/ready'),
  };
  const settled = Object.entries(answers).map(async ([door, answer]) => [door, await answer] as const);
  return Object.fromEntries(await Promise.all(settled));
}

function expectComeBackLater(answers: Record<string, Answer<unknown>>): void {
  for (const answer of Object.values(answers)) expectProblem(answer, 503, 'service.unavailable');
  const doors = Object.entries(answers).filter(([door]) => door !== 'ready'); // whom load balancers ask
  expect(doors.map(([, { headers }]) => headers.get('retry-after'))).toEqual(doors.map(() => '5'));
}

async function expectAlive({ client }: TestApp): Promise<void> {
  expect((await client.get('/health/live')).status).toBe(200);
  expect((await client.get('/ping')).status).toBe(200);
  expect((await client.get('/.well-known/jwks.json')).status).toBe(200);
}

if (isMysql) {
  describe('While the only database connection is taken', () => {
    let test: TestApp;
    let tokens: TokensDto;
    beforeAll(async () => {
      test = await startTestApp({ DATABASE_POOL_SIZE: '1' });
      tokens = (await loginWithWechat(test, 'alice')).body;
    });
    afterAll(() => test?.close());

    it('every door says 503 and when to come back, in some five seconds; then all is well again', async () => {
      const holder = test.dataSource.createQueryRunner();
      await holder.connect();
      const began = performance.now();

      const answers = await knockEverywhere(test, tokens);
      const took = performance.now() - began;
      await expectAlive(test);
      await holder.release();

      expectComeBackLater(answers);
      expect(took).toBeLessThan(9_000);
      expect(outcome(await whoAmI(test, tokens.accessToken))).toBe('200');
      expect(outcome(await test.client.get('/health/ready'))).toBe('200');
    });

    it('those beyond a thousand waiting are refused at once', async () => {
      const holder = test.dataSource.createQueryRunner();
      await holder.connect();
      const began = performance.now();
      const waiting = Array.from({ length: 1_050 }, () =>
        test.dataSource.query('SELECT 1').then(
          () => 'answered',
          (error: Error) => `${error.name} ${performance.now() - began < 4_000 ? 'at once' : 'in the end'}`,
        ),
      );

      const results = await Promise.all(waiting);
      await holder.release();

      const refusedAtOnce = results.filter((result) => result === 'DatabaseBusyError at once').length;
      const refusedInTheEnd = results.filter((result) => result === 'DatabaseBusyError in the end').length;
      expect(refusedAtOnce).toBeGreaterThanOrEqual(50);
      expect(refusedAtOnce + refusedInTheEnd).toBe(1_050);
      expect(outcome(await whoAmI(test, tokens.accessToken))).toBe('200');
    });
  });

  describe('While the database is away', () => {
    let proxy: TcpProxy;
    let test: TestApp;
    let tokens: TokensDto;
    beforeAll(async () => {
      const direct = new URL(process.env.TEST_DATABASE_URL!);
      proxy = await startTcpProxy({ host: direct.hostname, port: Number(direct.port) });
      direct.host = `127.0.0.1:${proxy.port}`;
      process.env.TEST_DATABASE_URL = direct.href; // of this test file only
      test = await startTestApp();
      await test.client.post('/api/v1/auth/register', { username: 'Alice01', password });
      tokens = (await loginWithWechat(test, 'alice')).body;
    });
    afterAll(async () => {
      await proxy?.mend();
      await test?.close();
      await proxy?.close();
    });

    it('every door says so at once, and all is well again when it is back, without a restart', async () => {
      await proxy.cut();
      const began = performance.now();
      const answers = await knockEverywhere(test, tokens);
      const took = performance.now() - began;
      await expectAlive(test);
      await proxy.mend();

      expectComeBackLater(answers);
      expect(took).toBeLessThan(4_500); // so it was not the wait for a free connection
      await eventually(async () => (await test.client.get('/health/ready')).status === 200, 5_000);
      const after = await knockEverywhere(test, tokens);
      expect(Object.entries(after).map(([door, answer]) => `${door} ${outcome(answer)}`)).toEqual([
        'wechat 200',
        'register 201',
        ...['login', 'refresh', 'available', 'me', 'sessions'].map((door) => `${door} 200`),
        'endOthers 204',
        'ready 200',
      ]);
    });

    it('what happened is kept, and written down when it is back', async () => {
      const audit = test.app.get(AuditLog);
      const refusals = async () => {
        const sql = "SELECT COUNT(*) AS n FROM audit_events WHERE type = 'login' AND outcome = 'refused'";
        const [row] = await test.dataSource.query<{ n: number | string }[]>(sql);
        return Number(row!.n);
      };
      await audit.flush();
      const before = await refusals();

      await proxy.cut();
      await test.client.post('/api/v1/auth/wechat', { code: 'not-a-code' });
      await audit.flush();
      await proxy.mend();
      await eventually(() => test.client.get('/health/ready').then(({ status }) => status === 200), 5_000);
      await audit.flush();

      expect(await refusals()).toBe(before + 1);
    });

    it('a session that was ended just before stays ended', async () => {
      const ended = (await loginWithWechat(test, 'bob')).body;
      await test.client.post('/api/v1/auth/logout', undefined, { token: ended.accessToken });

      await proxy.cut();
      const refused = await whoAmI(test, ended.accessToken);
      await proxy.mend();

      expect(outcome(refused)).toBe('401 sessions.ended');
    });
  });
} else {
  describe('While another program holds the lock of the SQLite file', () => {
    let test: TestApp;
    let other: SqliteDatabase;
    beforeAll(async () => {
      test = await startTestApp();
      other = new SqliteDatabase(test.dataSource.options.database as string);
    });
    afterAll(async () => {
      other?.close();
      await test?.close();
    });

    it('what has to write says 503 and when to come back, what only reads is answered; then all is well again', async () => {
      const { accessToken } = (await loginWithWechat(test, 'alice')).body;
      await test.dataSource.query('PRAGMA busy_timeout = 200'); // instead of five seconds
      other.exec('BEGIN IMMEDIATE');

      const read = await whoAmI(test, accessToken);
      const [write, transaction] = [await loginWithWechat(test, 'alice'), await loginWithWechat(test, 'bob')];
      other.exec('ROLLBACK');

      expect(outcome(read)).toBe('200');
      for (const refused of [write, transaction]) {
        expectProblem(refused, 503, 'service.unavailable');
        expect(refused.headers.get('retry-after')).toBe('5');
      }
      expect(outcome(await loginWithWechat(test, 'bob'))).toBe('200');
      expect(outcome(await loginWithWechat(test, 'alice'))).toBe('200');
    });
  });
}
