import type { DataSource, QueryRunner } from 'typeorm';
import { SqliteDatabase } from '../../src/platform/database/sqlite-driver.js';

/** How the database would come to the rows of one table of a statement. */
export interface PlanStep {
  /** The table's name or alias in the statement. */
  table: string;
  /** The index it looks into, `PRIMARY` for the primary key; null when it reads the whole table. */
  key: string | null;
}

/** Asks the database for its plan of a statement, without running it. */
export async function explain(dataSource: DataSource, sql: string, parameters: unknown[]): Promise<PlanStep[]> {
  return dataSource.options.type === 'mysql'
    ? explainMysql(dataSource, sql, parameters)
    : explainSqlite(dataSource, sql, parameters);
}

// Reading an index from end to end (`index`) is no better than reading the table (`ALL`).
const LOOKUPS = ['const', 'eq_ref', 'ref', 'range'];

async function explainMysql(dataSource: DataSource, sql: string, parameters: unknown[]): Promise<PlanStep[]> {
  const rows = await dataSource.query<{ table: string | null; type: string; key: string | null }[]>(
    `EXPLAIN FORMAT=TRADITIONAL ${sql}`,
    parameters,
  );
  // Without a table: the index was asked while planning, and holds no such row.
  return rows.flatMap(({ table, type, key }) => (table ? { table, key: LOOKUPS.includes(type) ? key : null } : []));
}

// On a connection of its own: libsql leaves `EXPLAIN UPDATE` unfinished, and then nothing beside it can commit.
function explainSqlite({ options }: DataSource, sql: string, parameters: unknown[]): PlanStep[] {
  const connection = new SqliteDatabase(options.database as string);
  const rows = connection.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters);
  connection.close();
  return rows.flatMap(({ detail }) => {
    const [, how, table] = /^(SEARCH|SCAN) (\w+)/.exec(String(detail)) ?? [];
    if (!how || !table) return []; // sorting and the like
    return { table, key: how === 'SEARCH' ? sqliteKey(String(detail)) : null };
  });
}

function sqliteKey(detail: string): string | null {
  if (/INTEGER PRIMARY KEY|INDEX sqlite_autoindex_/.test(detail)) return 'PRIMARY';
  return /INDEX (\w+)/.exec(detail)?.[1] ?? null;
}

export interface Statement {
  sql: string;
  parameters: unknown[];
}

/** Runs `work` and returns what the server asked the database meanwhile, in a form that can be explained. */
export async function lookupsDuring(dataSource: DataSource, work: () => Promise<unknown>): Promise<Statement[]> {
  const runner = dataSource.createQueryRunner();
  const prototype = Object.getPrototypeOf(runner) as QueryRunner;
  await runner.release();
  const statements: Statement[] = [];
  const query = prototype.query;
  const spy = jest.spyOn(prototype, 'query').mockImplementation(function (this: QueryRunner, sql, parameters, ...rest) {
    if (/^\s*(SELECT|UPDATE|DELETE)/i.test(sql)) statements.push({ sql, parameters: (parameters ?? []) as unknown[] });
    return query.call(this, sql, parameters, ...rest);
  });
  await work().finally(() => spy.mockRestore());
  return statements;
}
