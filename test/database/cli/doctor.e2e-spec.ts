import { startSimulator, type Simulator } from '../../../simulator/src/simulator.js';
import { examine } from '../../../src/cli/doctor/examination.js';
import { type Finding, worst } from '../../../src/cli/doctor/finding.js';
import { migrate } from '../../../src/platform/database/schema-state.js';
import { type OpenedDatabase, openTestDatabase } from '../../support/opened-database.js';
import { isMysql } from '../../support/test-database.js';
import { reply, startWechatStandIn, type WechatStandIn } from '../../support/wechat-stand-in.js';

const APP_SECRET = 'k3Yw9Qe7Rt5Zu1Io8Pa6Sd4Fg2Hj0Lx-test-only';
const REAL_APP = { WECHAT_APP_ID: 'wx1234567890abcdef', WECHAT_APP_SECRET: '0f1e2d3c4b5a69788796a5b4c3d2e1f0' };

describe('doctor', () => {
  let database: OpenedDatabase;
  let simulator: Simulator;
  let wechat: WechatStandIn;
  beforeAll(async () => {
    [simulator, wechat] = [await startSimulator({}), await startWechatStandIn()];
    database = await openTestDatabase();
    await migrate(database.dataSource);
  });
  beforeEach(() => {
    wechat.answer = reply({ access_token: 'a', expires_in: 7200 });
  });
  afterAll(async () => {
    await simulator?.close();
    await wechat?.close();
    await database?.close();
  });

  const doctor = (variables: Record<string, string> = {}): Promise<Finding[]> => {
    const settings = { NODE_ENV: 'test', APP_SECRET, WECHAT_API_BASE_URL: simulator.url, ...database.settings };
    return examine({ ...settings, ...variables });
  };
  const asking = (variables: Record<string, string> = {}) =>
    doctor({ ...REAL_APP, WECHAT_API_BASE_URL: wechat.url, ...variables });
  const bad = (findings: Finding[]) => findings.filter(({ verdict }) => verdict === 'problem');
  const find = (findings: Finding[], what: RegExp) => findings.find((each) => what.test(each.what.en));

  it('finds nothing wrong with a server that is well', async () => {
    const findings = await doctor();

    expect(bad(findings)).toEqual([]);
    for (const line of [/migrations have been run/, /indexes are what/, /takes the credentials/, /WeChat differ by 0/])
      expect(find(findings, line)).toMatchObject({ verdict: 'ok' });
    expect(find(findings, isMysql ? /MySQL \d/ : /SQLite \d/)).toMatchObject({ verdict: 'ok' });
  });

  it('names pending migrations: a problem in production, where no server runs them', async () => {
    await database.dataSource.undoLastMigration();

    const [here, inProduction] = [await doctor(), await doctor({ NODE_ENV: 'production' })];

    await migrate(database.dataSource);
    expect(find(here, /1 migrations are pending/)).toMatchObject({ verdict: 'warning' });
    expect(find(inProduction, /1 migrations are pending/)).toMatchObject({ verdict: 'problem' });
  });

  it('says when the database is newer than the program', async () => {
    await database.dataSource.query("INSERT INTO migrations (timestamp, name) VALUES (1, 'FromTheFuture1')");

    const found = find(await doctor(), /FromTheFuture1/);

    await database.dataSource.query("DELETE FROM migrations WHERE name = 'FromTheFuture1'");
    expect(found).toMatchObject({ verdict: 'warning' });
  });

  it('names an index that is missing, with the statement that mends it', async () => {
    await database.dataSource.query(`DROP INDEX ix_sessions_ended_at${isMysql ? ' ON sessions' : ''}`);

    const missing = find(await doctor(), /ix_sessions_ended_at/);
    await database.dataSource.query(missing!.fix!.en.replace('after a backup: ', ''));

    expect(missing).toMatchObject({
      verdict: 'problem',
      what: { en: 'table sessions lacks the index ix_sessions_ended_at' },
    });
    expect(bad(await doctor())).toEqual([]);
  });

  it('says when the present APP_SECRET does not open a signing key', async () => {
    const now = new Date();
    const values = ['some-key', '{}', '00000000.AAAA', 'signing', now, now];
    const columns = 'kid, public_jwk, private_key_encrypted, state, created_at, updated_at';
    await database.dataSource.query(`INSERT INTO signing_keys (${columns}) VALUES (?, ?, ?, ?, ?, ?)`, values);

    const findings = await doctor();

    await database.dataSource.query('DELETE FROM signing_keys');
    expect(find(findings, /some-key/)).toMatchObject({ verdict: 'problem' });
    expect(find(findings, /1 values are still sealed with another APP_SECRET/)).toMatchObject({
      verdict: 'problem',
    });
  });

  it.each([
    [40013, 'problem', /AppID/],
    [40125, 'problem', /AppSecret/],
    [40243, 'problem', /unfreeze/],
    [50007, 'problem', /frozen/],
    [-1, 'warning', /in a while/],
    [99999, 'problem', /documentation/],
  ])('explains that WeChat refuses with %i', async (errcode, verdict, fix) => {
    wechat.answer = reply({ errcode, errmsg: 'no rid: 66c3f1a2-7c4c2a01-1c0d4d3e' });

    const found = find(await asking(), new RegExp(`\\(${errcode}, rid 66c3f1a2`));

    expect(found).toMatchObject({ verdict, fix: { en: expect.stringMatching(fix) as string } });
  });

  it('says which address the IP whitelist lacks', async () => {
    wechat.answer = reply({
      errcode: 40164,
      errmsg: 'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist',
    });

    const found = find(await asking(), /40164/);

    expect(found?.fix?.zh).toContain('203.0.113.7');
    expect(found?.fix?.en).toContain('203.0.113.7');
  });

  it('says so when a gateway answers in the place of WeChat', async () => {
    wechat.answer = reply('<html>', 502);

    expect(find(await asking(), /does not answer as WeChat/)).toMatchObject({ verdict: 'problem' });
  });

  it('says so when WeChat cannot be reached', async () => {
    const findings = await asking({ NODE_ENV: 'production', WECHAT_API_BASE_URL: 'https://127.0.0.1:1' });

    expect(find(findings, /cannot be reached \(ECONNREFUSED\)/)).toMatchObject({ verdict: 'problem' });
  });

  it("tells a clock that is wrong, by WeChat's", async () => {
    const later = new Date(Date.now() + 3_600_000).toUTCString();
    wechat.answer = reply({ access_token: 'a' }, 200, { date: later });

    const found = find(await asking(), /WeChat differ by 3(599|600)/);

    expect(found).toMatchObject({ verdict: 'problem', fix: { en: expect.stringContaining('NTP') as string } });
  });

  it('goes on after wrong variables, and names them without their values', async () => {
    const findings = await doctor({ PORT: 'hunter2', WECHAT_APPS: '[{"id":"hunter2"}]', BCRYPT_COST: '99' });

    for (const name of [/PORT/, /WECHAT_APPS/, /BCRYPT_COST/])
      expect(find(findings, name)).toMatchObject({ verdict: 'problem' });
    expect(find(findings, /migrations have been run/)).toMatchObject({ verdict: 'ok' });
    expect(find(findings, /credentials/)).toBeUndefined();
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  });

  it('holds weak secrets against a production server, and warns of them elsewhere', async () => {
    const weak = 'change-me-change-me-change-me-change-me';

    const [there, here] = [
      await doctor({ NODE_ENV: 'production', APP_SECRET: weak }),
      await doctor({ APP_SECRET: weak }),
    ];

    expect(find(there, /APP_SECRET: weak/)).toMatchObject({ verdict: 'problem' });
    expect(find(here, /APP_SECRET: weak/)).toMatchObject({ verdict: 'warning' });
    expect(JSON.stringify([there, here])).not.toContain(weak);
  });

  it('says when Redis is configured and not there', async () => {
    const findings = await doctor({ REDIS_URL: 'redis://:hunter2@127.0.0.1:1/0' });

    expect(find(findings, /Redis at 127.0.0.1:1 cannot be used \(ECONNREFUSED\)/)).toMatchObject({
      verdict: 'problem',
    });
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  });

  if (isMysql) {
    it.each([
      ['ECONNREFUSED', (url: URL) => (url.port = '1')],
      ['ER_ACCESS_DENIED_ERROR', (url: URL) => (url.password = 'hunter2-hunter2')],
      ['ER_BAD_DB_ERROR', (url: URL) => (url.pathname = '/nowhere')],
    ])('explains why the database cannot be used: %s', async (code, spoil) => {
      const url = new URL(database.settings.DATABASE_URL!);
      const password = url.password;
      spoil(url);

      const findings = await doctor({ DATABASE_URL: url.href });

      expect(find(findings, new RegExp(`cannot be used \\(${code}\\)`))).toMatchObject({ verdict: 'problem' });
      expect(find(findings, /takes the credentials/)).toMatchObject({ verdict: 'ok' });
      expect(JSON.stringify(findings)).not.toMatch(new RegExp(`hunter2|${password}`));
    });
  } else {
    it('makes no database where there is none', async () => {
      const findings = await doctor({ DATA_DIR: `${database.settings.DATA_DIR}/new` });

      expect(worst(findings)).not.toBe('problem');
      expect(find(findings, /no database yet/)).toBeDefined();
    });
  }
});
