import { type ColumnOptions, getMetadataArgsStorage, type ValueTransformer } from 'typeorm';

export type Dialect = 'mysql' | 'sqlite';

/** A date in the text form TypeORM stores in SQLite: it sorts as text, so that SQL may compare it. */
export function sqliteDate(date: Date): string {
  return date.toISOString().replace('T', ' ').replace('Z', '');
}

const bigintAsText: ValueTransformer = {
  from: (value: unknown) => (value === null || value === undefined ? value : String(value)),
  to: (value: unknown) => value,
};

const SQLITE_TYPES: Record<string, ColumnOptions['type']> = {
  bigint: 'integer', // the only type SQLite generates keys for; holds 64 bits
  char: 'varchar',
  binary: 'blob',
  varbinary: 'blob',
};

let adapted: Dialect | undefined;

/**
 * Entities are written for MySQL. On SQLite the recorded column types are rewritten once, before a DataSource reads
 * them, so that no entity carries a dialect switch. One process therefore serves one dialect.
 */
export function adaptEntities(dialect: Dialect): void {
  if (adapted === dialect) return;
  if (adapted) throw new Error(`Entities are already adapted to ${adapted}`);
  adapted = dialect;
  if (dialect === 'sqlite') getMetadataArgsStorage().columns.forEach(({ options }) => adaptColumn(options));
}

function adaptColumn(options: ColumnOptions): void {
  const type = typeof options.type === 'string' ? options.type : '';
  if (type === 'bigint') options.transformer = bigintAsText;
  options.type = SQLITE_TYPES[type] ?? options.type;
  if (options.type === 'blob') delete options.length;
  delete options.charset;
  delete options.collation;
  delete options.unsigned;
}
