import bcrypt from 'bcrypt';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImportRetention } from '../../../src/users/importing/import-retention.js';
import { UserImport } from '../../../src/users/importing/user-import.js';
import { runCommand } from '../../support/command-line.js';
import { outcome } from '../../support/outcome.js';
import { login, PASSWORD, registered, WRONG_PASSWORD } from '../../support/password-users.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const BCRYPT = bcrypt.hashSync(PASSWORD, 4);
const HEADER = 'username,email,nickname,password_hash,hash_kind,salt,phone,openid,app_id,unionid';

interface Report {
  dryRun: boolean;
  lines: number;
  created: number;
  unchanged: number;
  refused: { line: number; problems: { field: string }[] }[];
}

describe('npm run cli -- import', () => {
  let test: TestApp;
  let folder: string;
  let files = 0;
  beforeAll(async () => {
    test = await startTestApp();
    folder = mkdtempSync(join(tmpdir(), 'wx-login-import-'));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await test?.close();
  });

  const file = (text: string, ending = 'csv') => {
    const path = join(folder, `${++files}.${ending}`);
    writeFileSync(path, text);
    return path;
  };
  const csv = (...lines: string[]) => file([HEADER, ...lines].join('\n'));
  const run = async (path: string, ...options: string[]) => {
    const { code, stdout, stderr } = await runCommand(test, ['import', path, '--json', ...options]);
    return { code, stderr, report: (stdout ? JSON.parse(stdout) : null) as Report };
  };
  const countUsers = async () => {
    const [row] = await test.dataSource.query<{ n: string | number }[]>('SELECT COUNT(*) AS n FROM users');
    return Number(row!.n);
  };
  const storedHash = async (username: string) => {
    const sql = 'SELECT password_hash AS hash FROM users WHERE username_key = ?';
    const [row] = await test.dataSource.query<{ hash: string }[]>(sql, [username.toLowerCase()]);
    return row?.hash;
  };

  it.each([
    ['bcrypt', BCRYPT, ''],
    ['bcrypt', BCRYPT.replace('$2b$', '$2y$'), ''],
    ['md5', md5(PASSWORD), ''],
    ['md5_salt', md5(`${PASSWORD}pepper`), 'pepper'],
    ['md5_salt_password', md5(`pepper${PASSWORD}`), 'pepper'],
    ['md5_md5_salt', md5(`${md5(PASSWORD)}pepper`), 'pepper'],
    ['md5_salt_md5', md5(`pepper${md5(PASSWORD)}`), 'pepper'],
  ])('takes a %s hash over: the old password logs in, and is renewed then', async (kind, hash, salt) => {
    const username = `From${kind.replaceAll('_', '')}${files}`.slice(0, 20);

    const { code, report } = await run(csv(`${username},,,${hash},${kind},${salt},,,,`));
    const before = await storedHash(username);
    const wrong = outcome(await login(test, { username, password: WRONG_PASSWORD }));
    const digest = outcome(await login(test, { username, password: hash }));
    const right = outcome(await login(test, { username }));
    const after = await storedHash(username);

    expect({ code, created: report.created }).toEqual({ code: 0, created: 1 });
    expect([wrong, digest, right]).toEqual(['401 auth.invalid_credentials', '401 auth.invalid_credentials', '200']);
    expect(before).toMatch(/^\w+:[\w-]*:\$2b\$/);
    if (kind !== 'bcrypt') expect(before).not.toContain(hash);
    expect(after).toMatch(/^\$2b\$04\$/);
    expect(outcome(await login(test, { username }))).toBe('200');
  });

  it('brings e-mail address, nickname, phone and WeChat account along', async () => {
    const { code } = await run(csv(`Whole1,Whole1@Example.com,小明,${BCRYPT},bcrypt,,13800000001,o-whole-1,,`));

    const { body } = await login(test, { username: 'whole1@example.com' });

    expect(code).toBe(0);
    expect(body.user).toMatchObject({
      username: 'Whole1',
      nickname: '小明',
      email: 'whole1@example.com',
      phone: '138****0001',
    });
    const accounts = await test.dataSource.query<object[]>(
      "SELECT user_id FROM wechat_accounts WHERE openid = 'o-whole-1'",
    );
    expect(accounts.map((each) => String((each as { user_id: string }).user_id))).toEqual([body.user.id]);
  });

  it('changes nothing when it is run again, also after logins have renewed hashes', async () => {
    const path = csv(`Again1,,,${BCRYPT},bcrypt,,,,,`, `Again2,,,${md5(`${PASSWORD}s`)},md5_salt,s,,,,`);
    await run(path);
    await login(test, { username: 'Again2' });
    const [users, hash] = [await countUsers(), await storedHash('Again2')];

    const { code, report } = await run(path);

    expect({ code, ...report }).toMatchObject({ code: 0, created: 0, unchanged: 2, refused: [] });
    expect([await countUsers(), await storedHash('Again2')]).toEqual([users, hash]);
  });

  it('does not bring back somebody who was erased since', async () => {
    const path = csv(`Erased1,,,${BCRYPT},bcrypt,,,,,`);
    await run(path);
    await test.dataSource.query("DELETE FROM users WHERE username_key = 'erased1'");

    const { report } = await run(path);

    expect(report).toMatchObject({ created: 0, unchanged: 1 });
    expect(await storedHash('Erased1')).toBeUndefined();
  });

  it('a dry run finds what the run finds, and writes nothing', async () => {
    const path = csv(`Dry1,,,${BCRYPT},bcrypt,,,,,`, `Dry1,,,${BCRYPT.slice(0, -1)}x,bcrypt,,,,,`, 'x,,,,,,,,,');
    const before = await countUsers();

    const dry = await run(path, '--dry-run');
    const after = await countUsers();
    const real = await run(path);

    expect(dry.report).toEqual({ ...real.report, dryRun: true });
    expect(after).toBe(before);
    expect(real.report).toMatchObject({ lines: 3, created: 1, refused: [{ line: 3 }, { line: 4 }] });
    expect([dry.code, real.code]).toEqual([1, 1]);
  });

  it('imports the good lines and names every bad one with its line and reasons', async () => {
    await registered(test, { username: 'Taken1', email: 'taken1@example.com' });
    const good = (name: string) => `${name},,,${BCRYPT},bcrypt,,,,,`;
    const lines: [string, string[]][] = [
      [good('Good1'), []],
      [`under_score,,,${BCRYPT},bcrypt,,,,,`, ['username']],
      [`Bad2,not-an-address,,${BCRYPT},bcrypt,,,,,`, ['email']],
      ['Bad3,,,$2b$31$abc,bcrypt,,,,,', ['password_hash']],
      [`Bad4,,,${md5('x')},sha1,,,,,`, ['hash_kind']],
      [`Bad5,,,${md5('x')},md5_salt,,,,,`, ['salt']],
      [`Bad6,,,${BCRYPT},bcrypt,,12345,,,`, ['phone']],
      ['Bad7,,,,,,,,,', ['line']],
      ['Bad8,,,,,,,o-bad-8,wx9999999999999999,', ['app_id']],
      [`bad9 name,nope,,${md5('x')},bcrypt,,,,,`, ['username', 'email', 'password_hash']],
      [good('TAKEN1'), ['username']],
      [`Bad11,TAKEN1@example.com,,${BCRYPT},bcrypt,,,,,`, ['email']],
      [good('Good2'), []],
      [`good2,,,${bcrypt.hashSync('other', 4)},bcrypt,,,,,`, ['username']],
    ];

    const { code, report } = await run(csv(...lines.map(([line]) => line)));

    const expected = lines.flatMap(([, fields], i) => (fields.length ? [{ line: i + 2, fields }] : []));
    const refused = report.refused.map(({ line, problems }) => {
      return { line, fields: problems.map(({ field }) => field) };
    });
    expect(refused).toEqual(expected);
    expect({ code, created: report.created }).toEqual({ code: 1, created: 2 });
    expect(JSON.stringify(report)).not.toMatch(/taken1|\$2b\$/i);
  });

  it('reads JSON too, with numbers and nulls', async () => {
    const users = [
      { username: 'Json1', password_hash: BCRYPT, hash_kind: 'bcrypt', email: null, phone: 13800000002 },
      { openid: 'o-json-2' },
    ];

    const { code, report } = await run(file(JSON.stringify(users), 'json'));

    expect({ code, created: report.created }).toEqual({ code: 0, created: 2 });
    expect(outcome(await login(test, { username: 'Json1' }))).toBe('200');
  });

  it.each([
    ['a column that is not known', () => file('username,passwd\na,b'), 2, 'unknown columns: passwd'],
    ['a file that is not there', () => join(folder, 'nothing.csv'), 2, 'ENOENT'],
    ['JSON that is none', () => file('[{', 'json'), 2, 'not JSON'],
    ['a CSV that breaks off', () => csv('"Open1,,,,,,,,,'), 1, 'near line 2'],
  ])('says what is wrong with %s, and imports nothing', async (_what, path, code, why) => {
    const before = await countUsers();

    const ended = await runCommand(test, ['import', path()]);

    expect(ended).toEqual({ code, stdout: '', stderr: expect.stringContaining(why) as string });
    expect(await countUsers()).toBe(before);
  });

  it('leaves alone what somebody registers while a batch is written, and imports the rest of it', async () => {
    const imports = test.app.get(UserImport);
    const password = { kind: 'bcrypt' as const, salt: '', hash: BCRYPT };
    const records = Array.from({ length: 20 }, (_, i) => ({ username: `Race${i}`, password }));

    const outcomes = await Promise.all([1, 2].map(() => imports.add(imports.begin(false), records)));

    const created = outcomes.flat().filter((each) => each === 'created');
    expect(created).toHaveLength(20);
    const sql = "SELECT COUNT(*) AS n FROM users WHERE username_key LIKE 'race%'";
    const [row] = await test.dataSource.query<{ n: string | number }[]>(sql);
    expect(Number(row!.n)).toBe(20);
  });

  it('forgets imported lines after 400 days', async () => {
    const count = async () => (await test.dataSource.query<object[]>('SELECT 1 FROM user_imports')).length;
    const before = await count();
    test.clock.advance({ days: 399 });
    await test.app.get(ImportRetention).sweep();
    const kept = await count();
    test.clock.advance({ days: 2 });
    await test.app.get(ImportRetention).sweep();

    expect(before).toBeGreaterThan(5);
    expect(kept).toBe(before);
    expect(await count()).toBe(0);
  });

  it('tells the audit trail how many came, and nothing about them', async () => {
    const rows = await test.dataSource.query<{ detail: unknown }[]>(
      "SELECT detail FROM audit_events WHERE type = 'users.imported'",
    );

    expect(rows.length).toBeGreaterThan(5);
    for (const { detail } of rows)
      expect(Object.keys((typeof detail === 'string' ? JSON.parse(detail) : detail) as object)).toContain('count');
  });
});
