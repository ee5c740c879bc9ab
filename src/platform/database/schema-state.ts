import { type DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { migrations, newestMigration } from './migrations/migrations.js';

const MIGRATION_LOCK_SECONDS = 60;

/** The database's tables are older than this program: run the migrations first. */
export class SchemaOutdatedError extends Error {
  constructor() {
    super(
      '数据库结构不是最新版本，请先执行 npm run migrate / The database schema is out of date: run `npm run migrate` first',
    );
    this.name = 'SchemaOutdatedError';
  }
}

/** True when the newest migration of this program has been run; a still newer schema is fine (expand, then contract). */
export async function isSchemaCurrent(dataSource: DataSource): Promise<boolean> {
  const rows = await dataSource.query<unknown[]>('SELECT 1 FROM migrations WHERE name = ?', [newestMigration]);
  return rows.length > 0;
}

/** True when a migration of this program has not been run. Only looks, where TypeORM's showMigrations makes a table. */
export async function hasPendingMigrations(dataSource: DataSource): Promise<boolean> {
  return (await new MigrationExecutor(dataSource).getPendingMigrations()).length > 0;
}

/** Which migrations of this program have not been run, and which were run that it does not know. Only looks. */
export async function compareMigrations(dataSource: DataSource): Promise<{ pending: string[]; unknown: string[] }> {
  const executed = namesOf(await new MigrationExecutor(dataSource).getExecutedMigrations());
  const known = migrations.map(({ name }) => name);
  return {
    pending: known.filter((name) => !executed.includes(name)),
    unknown: executed.filter((name) => !known.includes(name)),
  };
}

/** The statements that would make the tables what the entities say; none when they are. Only looks. */
export async function findSchemaDrift(dataSource: DataSource): Promise<string[]> {
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => query);
}

/** Runs what is pending; several processes that start together take turns. Returns the names of what ran. */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  if (dataSource.options.type !== 'mysql') return migrateSqlite(dataSource);
  const runner = dataSource.createQueryRunner();
  try {
    await takeTurn(runner);
    return namesOf(await executorOn(runner).executePendingMigrations());
  } finally {
    await runner.query("SELECT RELEASE_LOCK('wx-login.migrate')");
    await runner.release();
  }
}

// SQLite changes a table by copying it, and forgets the ids of rows that were deleted: they would be given out again.
async function migrateSqlite(dataSource: DataSource): Promise<string[]> {
  const used = await idsUsedIn(dataSource);
  const names = namesOf(await dataSource.runMigrations());
  for (const { name, seq } of used)
    await dataSource.query('UPDATE sqlite_sequence SET seq = MAX(seq, ?) WHERE name = ?', [seq, name]);
  return names;
}

async function idsUsedIn(dataSource: DataSource): Promise<{ name: string; seq: number }[]> {
  const [table] = await dataSource.query<unknown[]>("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'");
  return table ? dataSource.query('SELECT name, seq FROM sqlite_sequence') : [];
}

/** Brings the schema up to date, except in production, where a serving process never changes it. */
export async function requireSchema(dataSource: DataSource, options: { mayMigrate: boolean }): Promise<void> {
  if (options.mayMigrate) await migrate(dataSource);
  else if (await hasPendingMigrations(dataSource)) throw new SchemaOutdatedError();
}

async function takeTurn(runner: QueryRunner): Promise<void> {
  const sql = "SELECT GET_LOCK('wx-login.migrate', ?) AS turn";
  const [{ turn }] = (await runner.query(sql, [MIGRATION_LOCK_SECONDS])) as [{ turn: number | string | null }];
  if (Number(turn) !== 1) throw new Error('Another process is still migrating this database server: try again later');
}

// On the connection that holds the lock: a pool of one has no second.
function executorOn(runner: QueryRunner): MigrationExecutor {
  const executor = new MigrationExecutor(runner.dataSource, runner);
  executor.transaction = runner.dataSource.options.migrationsTransactionMode ?? 'all';
  return executor;
}

function namesOf(migrations: { name: string }[]): string[] {
  return migrations.map(({ name }) => name);
}
