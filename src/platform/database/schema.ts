import type { QueryRunner, TableColumnOptions } from 'typeorm';

type Options = Partial<TableColumnOptions>;

/** Column builders for migrations, so that one migration serves MySQL and SQLite. */
export interface Schema {
  id(): TableColumnOptions;
  bigint(name: string, options?: Options): TableColumnOptions;
  int(name: string, options?: Options): TableColumnOptions;
  /** Text that people write. */
  text(name: string, length: number, options?: Options): TableColumnOptions;
  /** Text that people write, compared character by character. */
  exactText(name: string, length: number, options?: Options): TableColumnOptions;
  /** Text of machines, compared byte by byte. */
  ascii(name: string, length: number, options?: Options): TableColumnOptions;
  binary(name: string, length: number, options?: Options): TableColumnOptions;
  json(name: string, options?: Options): TableColumnOptions;
  datetime(name: string, options?: Options): TableColumnOptions;
  /** created_at and updated_at, written by the application's one clock. */
  times(): TableColumnOptions[];
}

export function schema({ dataSource }: QueryRunner): Schema {
  return dataSource.options.type === 'mysql' ? mysqlSchema : sqliteSchema;
}

const column = (name: string, type: string, options: Options = {}): TableColumnOptions => ({ name, type, ...options });
const generatedKey: Options = { isPrimary: true, isGenerated: true, generationStrategy: 'increment' };
const utf8 = { charset: 'utf8mb4', collation: 'utf8mb4_unicode_ci' };
const bin = { charset: 'ascii', collation: 'ascii_bin' };
const timeColumns = ['created_at', 'updated_at'].map((name) => column(name, 'datetime', { precision: 3 }));

const mysqlSchema: Schema = {
  id: () => column('id', 'bigint', { unsigned: true, ...generatedKey }),
  bigint: (name, options) => column(name, 'bigint', { unsigned: true, ...options }),
  int: (name, options) => column(name, 'int', { unsigned: true, ...options }),
  text: (name, length, options) => column(name, 'varchar', { length: String(length), ...utf8, ...options }),
  exactText: (name, length, options) =>
    column(name, 'varchar', { length: String(length), charset: 'utf8mb4', collation: 'utf8mb4_bin', ...options }),
  ascii: (name, length, options) => column(name, 'varchar', { length: String(length), ...bin, ...options }),
  binary: (name, length, options) => column(name, 'binary', { length: String(length), ...options }),
  json: (name, options) => column(name, 'json', options),
  datetime: (name, options) => column(name, 'datetime', { precision: 3, ...options }),
  times: () => timeColumns,
};

const sqliteSchema: Schema = {
  id: () => column('id', 'integer', generatedKey),
  bigint: (name, options) => column(name, 'integer', options),
  int: (name, options) => column(name, 'integer', options),
  text: (name, length, options) => column(name, 'varchar', { length: String(length), ...options }),
  exactText: (name, length, options) => column(name, 'varchar', { length: String(length), ...options }),
  ascii: (name, length, options) => column(name, 'varchar', { length: String(length), ...options }),
  binary: (name, _length, options) => column(name, 'blob', options),
  json: (name, options) => column(name, 'json', options),
  datetime: (name, options) => column(name, 'datetime', { precision: 3, ...options }),
  times: () => timeColumns,
};
