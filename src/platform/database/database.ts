import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { isLockConflict } from './database-errors.js';
import type { Dialect } from './dialect.js';

/** What an INSERT, UPDATE or DELETE did. */
export interface WriteResult {
  affected: number;
  /** Of the row an INSERT made in a table with a generated key. */
  insertId: string;
}

/** Runs statements that are written out, each exactly once, on the pool or inside a transaction. */
export interface Statements {
  rows<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  write(sql: string, parameters?: unknown[]): Promise<WriteResult>;
}

const LOCK_CONFLICT_TRIES = 5;
const LOCK_CONFLICT_PAUSE_MS = 20;

/**
 * The hot paths' way to the database: one statement in, rows or counts out. A repository costs two to three times the
 * CPU for the same row (docs/architecture.md); everything that is not hot uses one.
 */
@Injectable()
export class Database implements Statements {
  private readonly lastWrites: (() => Promise<void>)[] = [];

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {
    const close = dataSource.destroy.bind(dataSource);
    dataSource.destroy = async () => {
      for (const write of this.lastWrites) await write();
      await close();
    };
  }

  /** For the few statements that the two databases do not spell alike. */
  get dialect(): Dialect {
    return this.dataSource.options.type === 'mysql' ? 'mysql' : 'sqlite';
  }

  /** For what is written in batches: `write` is called once, after the last request and before the connection closes. */
  beforeClosing(write: () => Promise<void>): void {
    this.lastWrites.push(write);
  }

  async rows<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.dataSource.query<Row[]>(sql, parameters);
  }

  async write(sql: string, parameters: unknown[] = []): Promise<WriteResult> {
    const runner = this.dataSource.createQueryRunner();
    try {
      return await retryLockConflicts(() => writeWith(runner, sql, parameters));
    } finally {
      await runner.release();
    }
  }

  /** Runs `work` in one transaction; a deadlock or lock wait timeout runs it again, a few times. */
  async transaction<T>(work: (statements: Statements) => Promise<T>): Promise<T> {
    return retryLockConflicts(() => this.dataSource.transaction((manager) => work(statementsOf(manager))));
  }
}

function statementsOf({ queryRunner }: EntityManager): Statements {
  if (!queryRunner) throw new Error('A transaction has a query runner');
  return {
    rows: <Row>(sql: string, parameters: unknown[] = []) => queryRunner.query(sql, parameters) as Promise<Row[]>,
    write: (sql, parameters = []) => writeWith(queryRunner, sql, parameters),
  };
}

async function writeWith(runner: QueryRunner, sql: string, parameters: unknown[]): Promise<WriteResult> {
  const { affected, raw } = await runner.query(sql, parameters, true);
  const insertId = (raw as { insertId?: unknown } | null)?.insertId ?? raw;
  return { affected: affected ?? 0, insertId: String(insertId) };
}

async function retryLockConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === LOCK_CONFLICT_TRIES || !isLockConflict(error)) throw error;
      await delay(Math.random() * LOCK_CONFLICT_PAUSE_MS * 2 ** attempt);
    }
  }
}

/** Reads a DATETIME of a written-out statement: mysql2 gives a Date, SQLite its text. */
export function asDate(value: Date | string): Date {
  return value instanceof Date ? value : new Date(`${value.replace(' ', 'T')}Z`);
}
