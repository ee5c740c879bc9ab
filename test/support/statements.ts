import type { INestApplication } from '@nestjs/common';
import type { DataSource, QueryRunner } from 'typeorm';
import { AuditLog } from '../../src/platform/audit/audit-log.js';
import { SessionTimeline } from '../../src/sessions/history/session-timeline.js';
import { SessionActivity } from '../../src/sessions/live/session-activity.js';
import { SessionKeyResets } from '../../src/sessions/session-key-resets.js';

/** Writes what waits behind the requests, so that it does not come between the statements that are counted. */
export async function flushBatches(app: INestApplication): Promise<void> {
  for (const batch of [AuditLog, SessionTimeline, SessionActivity, SessionKeyResets])
    await app.get<AuditLog>(batch).flush();
}

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
