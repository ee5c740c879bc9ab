import { built, type Ended, runBuilt, type Running, startNode } from '../support/built-program.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const SECRET = 'q7Vn2Xc4Rb9Lm1Kj6Hg3Fd8Sa5Po0Iu-kept-for-this-test';
const PRODUCTION = {
  NODE_ENV: 'production',
  APP_SECRET: SECRET,
  WECHAT_APP_ID: 'wx1234567890abcdef',
  WECHAT_APP_SECRET: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
};

jest.setTimeout(60_000); // every test starts programs

describe('A production server', () => {
  let database: TestDatabase;
  let url: string;
  const running: Running[] = [];
  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((program) => program.stop()));
    await database.drop();
  });

  const start = async (variables: Record<string, string> = {}): Promise<Running> => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const settings = { ...PRODUCTION, ...database.settings, PORT: String(port), ...variables };
    const server = startNode([built('dist/src/main.js')], settings);
    running.push(server);
    return server;
  };
  const migrate = () => runBuilt('dist/src/migrate.js', ['run'], { ...PRODUCTION, ...database.settings });
  const isReady = () =>
    fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );

  const expectRefusal = ({ code, stderr, stdout }: Ended): void => {
    expect(code).toBe(1);
    expect(stderr).not.toMatch(/^ +at /m); // a sentence for people, not a stack
    expect(stdout + stderr).not.toContain(SECRET);
  };

  it('refuses to start on an old schema, and says which command helps', async () => {
    const ended = await (await start()).ended;

    expectRefusal(ended);
    expect(ended.stderr).toContain('npm run migrate');
  });

  it('starts after that command, without the API docs', async () => {
    await migrate();
    await start();
    await eventually(isReady, 20_000);

    expect((await fetch(`${url}/docs`)).status).toBe(404);
    expect((await fetch(`${url}/docs-json`)).status).toBe(404);
  });

  it('has the SQLite file to itself: a second process is refused and told of DATABASE_URL', async () => {
    await migrate();
    await start();
    await eventually(isReady, 20_000);

    const second = await (await start()).ended;

    expectRefusal(second);
    expect(second.stderr).toContain('DATABASE_URL');
  });

  it('names every variable that is wrong at once, and no value', async () => {
    const WEAK = 'change-me-change-me-change-me-change-me';
    const wrong = { APP_SECRET: WEAK, BCRYPT_COST: '4', WECHAT_API_BASE_URL: 'http://127.0.0.1:3001' };

    const ended = await (await start(wrong)).ended;

    expectRefusal(ended);
    for (const name of Object.keys(wrong)) expect(ended.stderr).toContain(name);
    expect(ended.stderr).not.toContain(WEAK);
  });

  it('says that its port is taken, and which variable chooses another', async () => {
    await migrate();
    await start();
    await eventually(isReady, 20_000);
    const other = await createTestDatabase();
    const settings = { ...PRODUCTION, ...other.settings, PORT: new URL(url).port };
    await runBuilt('dist/src/migrate.js', ['run'], settings);

    const ended = await startNode([built('dist/src/main.js')], settings).ended;

    await other.drop();
    expectRefusal(ended);
    expect(ended.stderr).toContain('PORT');
  });
});
