import Libsql, { type LibsqlStatement } from 'libsql';
import { sqliteDate } from './dialect.js';

type Row = Record<string, unknown>;
type Bound = string | number | bigint | Uint8Array | null;

// libsql 0.5 aborts the process on a boolean and cuts strings at NUL: every parameter is made safe first.
function bind(value: unknown): Bound {
  switch (typeof value) {
    case 'string':
      if (value.includes('\0')) throw new TypeError('A NUL character cannot be stored in a text column');
      return value;
    case 'number':
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    case 'undefined':
      return null;
    default:
      return bindObject(value);
  }
}

function bindObject(value: unknown): Bound {
  if (value === null || value instanceof Uint8Array) return value;
  if (value instanceof Date) return sqliteDate(value);
  throw new TypeError(`Cannot bind a parameter of type ${Object.prototype.toString.call(value)}`);
}

// Integers are read as BigInt and narrowed as mysql2 does with supportBigNumbers: a number while it is exact, a string
// beyond 2^53. Blobs come as ArrayBuffer.
function readRow(row: Row): Row {
  for (const key in row) row[key] = readValue(row[key]);
  return row;
}

function readValue(value: unknown): unknown {
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  if (typeof value !== 'bigint') return value;
  const exact = value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
  return exact ? Number(value) : value.toString();
}

class Statement {
  constructor(
    private readonly database: Libsql,
    private readonly statement: LibsqlStatement,
  ) {}

  get reader(): boolean {
    return this.statement.reader;
  }

  all(...parameters: unknown[]): Row[] {
    return this.statement.all(parameters.map(bind)).map(readRow);
  }

  run(...parameters: unknown[]) {
    const bound = parameters.map(bind);
    try {
      return this.statement.run(bound);
    } catch (error) {
      if ((error as { code?: unknown }).code === 'SQLITE_BUSY') this.finish(bound);
      throw error;
    }
  }

  /**
   * libsql 0.5 leaves a write that found the file locked unfinished, and until the garbage collector comes nothing beside
   * it can be committed. Run once more with writing forbidden, it ends.
   */
  private finish(bound: unknown[]): void {
    this.database.exec('PRAGMA query_only = ON');
    try {
      this.statement.run(bound);
    } catch {
      // As it should.
    } finally {
      this.database.exec('PRAGMA query_only = OFF');
    }
  }
}

/** libsql in the shape of better-sqlite3, for TypeORM's `driver` option: prebuilt for every platform, nothing to compile. */
export class SqliteDatabase {
  private readonly database: Libsql;

  constructor(path: string, options: { timeout?: number } = {}) {
    this.database = new Libsql(path, { timeout: options.timeout ?? 0 });
    this.database.defaultSafeIntegers(true);
  }

  prepare(sql: string): Statement {
    return new Statement(this.database, this.database.prepare(sql));
  }

  exec(sql: string): this {
    this.database.exec(sql);
    return this;
  }

  pragma(source: string): Row[] {
    return this.prepare(`PRAGMA ${source}`).all();
  }

  close(): void {
    this.database.close();
  }
}
