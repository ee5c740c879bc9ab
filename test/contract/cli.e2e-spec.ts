import { built, runBuilt, startNode } from '../support/built-program.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { HttpClient } from '../support/http-client.js';
import { LeakWatch } from '../support/leak-watch.js';
import { registered } from '../support/password-users.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const QUIET = { LOG_LEVEL: 'warn', BCRYPT_COST: '4', WECHAT_API_BASE_URL: 'http://127.0.0.1:1' };

jest.setTimeout(60_000); // every test starts programs

describe('npm run cli', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database?.drop());

  const cli = (args: string[], variables: Record<string, string> = {}) =>
    runBuilt('dist/src/cli.js', args, { ...database.settings, ...variables });

  it('shows its help in both languages, without touching anything', async () => {
    const { code, stdout, stderr } = await cli(['--help'], { DATABASE_URL: 'mysql://127.0.0.1:1/nowhere' });

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('用法 · Usage');
  });

  it.each([
    ['a command there is none', ['docter'], "unknown command 'docter'"],
    ['an option there is none', ['doctor', '--fast'], "unknown option '--fast'"],
    ['no command at all', [], 'doctor'],
  ])('ends with 2 for %s, and says how to call it', async (_what, args, sentence) => {
    const { code, stdout, stderr } = await cli(args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(sentence);
  });

  it('doctor ends with 1 when something is wrong, with JSON on stdout and nothing else', async () => {
    const { code, stdout, stderr } = await cli(['doctor', '--json'], {
      PORT: 'none',
      WECHAT_API_BASE_URL: 'http://127.0.0.1:1',
    });

    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const findings = JSON.parse(stdout) as { verdict: string; what: { en: string } }[];
    expect(findings.filter(({ verdict }) => verdict === 'problem')).toEqual([
      expect.objectContaining({
        what: expect.objectContaining({ en: expect.stringContaining('PORT') as string }) as object,
      }),
    ]);
  });

  it('doctor ends with 0 when nothing is, and prints a line for each check', async () => {
    const { code, stdout } = await cli(['doctor'], { WECHAT_API_BASE_URL: 'http://127.0.0.1:1' });

    expect(code).toBe(0);
    expect(stdout).toMatch(/^✓ Node\.js \d+/);
    expect(stdout).toMatch(/^! .*\n {4}→ /m);
    expect(stdout).toMatch(/✓ \d+ {2}! \d+ {2}✗ 0\n$/);
  });

  it('acts beside a server in another process, which feels it within a second', async () => {
    const port = await freePort();
    const settings = { ...QUIET, PORT: String(port) };
    const server = startNode([built('dist/src/main.js')], { ...database.settings, ...settings });
    const client = new HttpClient(`http://127.0.0.1:${port}`, new LeakWatch());
    await eventually(async () => (await client.get('/health/ready').catch(() => null))?.status === 200, 30_000);
    const { user, accessToken: token } = await registered({ client });

    const { code } = await cli(['users', 'ban', user.id, '--reason', 'spam', '--yes'], QUIET);
    const tookMs = await eventually(
      async () => (await client.get('/api/v1/users/me', { token })).status === 401,
      5_000,
    );
    await server.stop();

    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(1_000);
  });
});
