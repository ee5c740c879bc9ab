import { migrations } from '../../src/platform/database/migrations/migrations.js';
import { runBuilt } from '../support/built-program.js';
import { type OpenedDatabase, openTestDatabase, tableNames } from '../support/opened-database.js';
import { isMysql } from '../support/test-database.js';

const names = migrations.map(({ name }) => name);

jest.setTimeout(60_000); // every test starts programs

describe('npm run migrate', () => {
  let database: OpenedDatabase;
  beforeEach(async () => {
    database = await openTestDatabase();
  });
  afterEach(() => database?.close());

  const command = (...args: string[]) => runBuilt('dist/src/migrate.js', args, { ...database.settings });

  it('runs what is pending and names it, then has nothing left to do', async () => {
    const first = await command();
    const second = await command('run');

    expect(first).toEqual({ code: 0, stdout: `${names.join('\n')}\n`, stderr: '' });
    expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining('up to date') as string, stderr: '' });
    expect(await tableNames(database.dataSource)).toContain('sessions');
  });

  it('status tells by its exit code whether migrations are pending, and changes nothing', async () => {
    const before = await command('status');
    const tablesAfterStatus = await tableNames(database.dataSource);
    await command('run');
    const after = await command('status');

    expect(before).toMatchObject({ code: 1, stdout: expect.stringContaining('pending') as string, stderr: '' });
    expect(tablesAfterStatus).toEqual([]);
    expect(after).toMatchObject({ code: 0, stdout: expect.stringContaining('up to date') as string, stderr: '' });
  });

  it('explains its use when it is called wrongly, and does nothing', async () => {
    const { code, stderr } = await command('rnu');

    expect(code).toBe(1);
    expect(stderr).toContain('npm run migrate [run|status]');
    expect(stderr).not.toContain('at file:');
    expect(await tableNames(database.dataSource)).toEqual([]);
  });

  it('names a wrong variable, never its value', async () => {
    const DATABASE_URL = 'postgres://root:hunter2-hunter2@127.0.0.1/app';

    const { code, stderr } = await runBuilt('dist/src/migrate.js', [], { ...database.settings, DATABASE_URL });

    expect(code).toBe(1);
    expect(stderr).toContain('DATABASE_URL');
    expect(stderr).not.toContain('hunter2');
  });

  if (isMysql) {
    it('may be called by several processes at once: all succeed, one does the work', async () => {
      const ended = await Promise.all([command(), command()]);

      expect(ended.map(({ code, stderr }) => ({ code, stderr }))).toEqual(Array(2).fill({ code: 0, stderr: '' }));
      const ran = ended.flatMap(({ stdout }) => stdout.split('\n').filter((line) => names.includes(line)));
      expect(ran).toEqual(names);
    });

    it.each([
      ['is not there', (url: URL) => (url.port = '1'), 'cannot be reached'],
      ['refuses the password', (url: URL) => (url.password = 'hunter2-hunter2'), 'Access denied'],
    ])('says so when the database %s, without the password', async (_what, spoil, complaint) => {
      const url = new URL(database.settings.DATABASE_URL!);
      spoil(url);

      const { code, stdout, stderr } = await runBuilt('dist/src/migrate.js', [], {
        ...database.settings,
        DATABASE_URL: url.href,
      });

      expect(code).toBe(1);
      expect(stderr).toContain(complaint);
      expect(stdout + stderr).not.toContain(url.password);
    });
  }
});
