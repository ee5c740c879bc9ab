import type { DataSource, QueryRunner } from 'typeorm';

/** Runs `work` and returns the SQL statements the server sent meanwhile, BEGIN and COMMIT included. */
export async function statementsDuring(dataSource: DataSource, work: () => Promise<unknown>): Promise<string[]> {
  const runner = dataSource.createQueryRunner();
  const prototype = Object.getPrototypeOf(runner) as QueryRunner;
  await runner.release();
  const query = prototype.query;
  const statements: string[] = [];
  prototype.query = function (this: QueryRunner, sql: string, ...rest: never[]) {
    statements.push(sql);
    return query.call(this, sql, ...rest);
  } as QueryRunner['query'];
  try {
    await work();
  } finally {
    prototype.query = query;
  }
  return statements;
}
