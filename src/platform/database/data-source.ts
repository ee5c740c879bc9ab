import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Environment } from '../config/environment.js';
import { adaptEntities } from './dialect.js';
import { migrations } from './migrations/migrations.js';
import { limitWaiting } from './pool-limits.js';
import { SqliteDatabase } from './sqlite-driver.js';
import { isolateSqlite } from './sqlite-isolation.js';

export type EntityClass = new () => object;

const CONNECT_TIMEOUT_MS = 5_000;
const QUEUE_LIMIT = 1_000; // requests waiting for a connection; beyond it 503 at once
const SQLITE_BUSY_TIMEOUT_MS = 5_000;

/** Where the database is: MySQL by DATABASE_URL, otherwise a SQLite file under DATA_DIR. */
export function dataSourceOptions(environment: Environment, entities: EntityClass[]): DataSourceOptions {
  const common = { entities, migrations, migrationsTransactionMode: 'each' as const, synchronize: false };
  return environment.DATABASE_URL
    ? { ...common, ...mysqlOptions(environment) }
    : { ...common, ...sqliteOptions(environment) };
}

function mysqlOptions({ DATABASE_URL: url, DATABASE_POOL_SIZE: poolSize }: Environment) {
  return {
    type: 'mysql' as const,
    url,
    poolSize,
    charset: 'utf8mb4_unicode_ci',
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    extra: { queueLimit: QUEUE_LIMIT, enableKeepAlive: true, maxIdle: poolSize },
  };
}

function sqliteOptions({ DATA_DIR: dataDir, isProduction }: Environment) {
  return {
    type: 'better-sqlite3' as const,
    driver: SqliteDatabase,
    database: dataDir === ':memory:' ? dataDir : sqliteFile(dataDir),
    enableWAL: true,
    timeout: SQLITE_BUSY_TIMEOUT_MS,
    prepareDatabase: (database: SqliteDatabase) => {
      database.pragma('synchronous = NORMAL');
      // Limits and revocations live in one process: in production a second one on the same file is refused.
      if (isProduction) database.pragma('locking_mode = EXCLUSIVE');
    },
  };
}

function sqliteFile(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return join(dataDir, 'wx-login.sqlite');
}

export function createDataSource(options: DataSourceOptions): DataSource {
  const isSqlite = options.type === 'better-sqlite3';
  adaptEntities(isSqlite ? 'sqlite' : 'mysql');
  const dataSource = new DataSource(options);
  return isSqlite ? isolateSqlite(dataSource) : limitWaiting(dataSource);
}
