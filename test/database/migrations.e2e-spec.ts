import type { DataSource } from 'typeorm';
import { MysqlQueryRunner } from 'typeorm/driver/mysql/MysqlQueryRunner.js';
import { migrations, newestMigration } from '../../src/platform/database/migrations/migrations.js';
import { isSchemaCurrent, migrate } from '../../src/platform/database/schema-state.js';
import { type OpenedDatabase, openTestDatabase, tableNames } from '../support/opened-database.js';
import { isMysql } from '../support/test-database.js';

describe('migrations', () => {
  let database: OpenedDatabase;
  let dataSource: DataSource;
  beforeEach(async () => {
    database = await openTestDatabase();
    dataSource = database.dataSource;
  });
  afterEach(() => database?.close());

  /** What TypeORM would change to make the tables what the entities say. */
  const drift = async (): Promise<string[]> => {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query);
  };

  it('build exactly the tables that the entities declare', async () => {
    await migrate(dataSource);

    expect(await drift()).toEqual([]);
    const declared = dataSource.entityMetadatas.map(({ tableName }) => tableName);
    expect(await tableNames(dataSource)).toEqual([...declared, 'migrations'].sort());
  });

  it.each([
    ['a column is missing', 'ALTER TABLE signing_keys DROP COLUMN state'],
    ['an index is missing', `DROP INDEX ix_sessions_ended_at${isMysql ? ' ON sessions' : ''}`],
    ['there is one index too many', 'CREATE UNIQUE INDEX uq_wechat_accounts_openid ON wechat_accounts (openid)'],
  ])('are caught when %s', async (_, change) => {
    await migrate(dataSource);
    const before = await drift();

    await dataSource.query(change);

    expect(before).toEqual([]);
    expect(await drift()).not.toEqual([]);
  });

  it('can be taken back and run again', async () => {
    const names = await migrate(dataSource);

    for (let left = names.length; left > 0; left--) await dataSource.undoLastMigration();
    const left = await tableNames(dataSource);
    const again = await migrate(dataSource);

    expect(names).toEqual(migrations.map(({ name }) => name));
    expect(left).toEqual(['migrations']);
    expect(again).toEqual(names);
    expect(await drift()).toEqual([]);
  });

  it('run once: the second time there is nothing to do', async () => {
    const pendingAtFirst = await dataSource.showMigrations();
    const first = await migrate(dataSource);
    const second = await migrate(dataSource);

    expect(pendingAtFirst).toBe(true);
    expect(first).toContain(newestMigration);
    expect(second).toEqual([]);
    expect(await dataSource.showMigrations()).toBe(false);
    expect(await isSchemaCurrent(dataSource)).toBe(true);
  });

  it('keep the rows of a user together: sessions and WeChat accounts go with the user', async () => {
    await migrate(dataSource);
    const now = new Date();
    await dataSource.query('INSERT INTO users (id, role, created_at, updated_at) VALUES (7, ?, ?, ?)', [
      'user',
      now,
      now,
    ]);
    await dataSource.query(
      `INSERT INTO wechat_accounts (user_id, app_id, openid, last_login_at, created_at, updated_at)
        VALUES (7, 'wx0000000000000001', 'o-seven', ?, ?, ?)`,
      [now, now, now],
    );

    await dataSource.query('DELETE FROM users WHERE id = 7');

    expect(await dataSource.query('SELECT * FROM wechat_accounts')).toEqual([]);
  });

  it('refuse an account of a user who does not exist', async () => {
    await migrate(dataSource);
    const now = new Date();

    const insert = dataSource.query(
      `INSERT INTO wechat_accounts (user_id, app_id, openid, last_login_at, created_at, updated_at)
        VALUES (404, 'wx0000000000000001', 'o-nobody', ?, ?, ?)`,
      [now, now, now],
    );

    await expect(insert).rejects.toThrow(/foreign key/i);
  });

  if (isMysql) {
    it('give each text column the character set and collation its entity declares', async () => {
      await migrate(dataSource);

      const columns = await dataSource.query<{ name: string; collation: string | null }[]>(
        `SELECT CONCAT(TABLE_NAME, '.', COLUMN_NAME) AS name, COLLATION_NAME AS collation
          FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name <> 'migrations'`,
      );

      const actual = Object.fromEntries(columns.map(({ name, collation }) => [name, collation ?? undefined]));
      const declared = dataSource.entityMetadatas.flatMap(({ tableName, columns: all }) =>
        all.map(({ databaseName, collation }) => [`${tableName}.${databaseName}`, collation] as const),
      );
      expect(actual).toEqual(Object.fromEntries(declared));
    });

    it('make InnoDB tables, which know transactions and foreign keys', async () => {
      await migrate(dataSource);

      const engines = await dataSource.query<{ engine: string }[]>(
        'SELECT DISTINCT ENGINE AS engine FROM information_schema.tables WHERE table_schema = DATABASE()',
      );

      expect(engines).toEqual([{ engine: 'InnoDB' }]);
    });

    it('run once when several processes start together', async () => {
      const others = await Promise.all([database.open(), database.open(), database.open()]);

      const ran = await Promise.all([dataSource, ...others].map((each) => migrate(each)));

      expect(ran.flat()).toEqual(migrations.map(({ name }) => name));
      expect(await drift()).toEqual([]);
    });

    it('need only one connection', async () => {
      const single = await database.open({ DATABASE_POOL_SIZE: '1' });

      expect(await migrate(single)).toContain(newestMigration);
    });

    it('are left alone while another process takes longer than we wait', async () => {
      const other = (await database.open()).createQueryRunner();
      await other.query("SELECT GET_LOCK('wx-login.migrate', 60)");
      const query = MysqlQueryRunner.prototype.query;
      const withoutWaiting: typeof query = function (this: MysqlQueryRunner, sql, parameters) {
        return query.call(this, sql, sql.includes('GET_LOCK') ? [0] : parameters);
      };
      const impatient = jest.spyOn(MysqlQueryRunner.prototype, 'query').mockImplementation(withoutWaiting);

      const refused = await migrate(dataSource).catch((error: Error) => error.message);

      impatient.mockRestore();
      await other.query("SELECT RELEASE_LOCK('wx-login.migrate')");
      await other.release();
      expect(refused).toContain('still migrating');
      expect(await tableNames(dataSource)).toEqual([]);
    });
  }
});
