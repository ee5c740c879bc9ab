import type { DataSource } from 'typeorm';
import { entities } from '../../src/entities.js';
import { loadEnvironment } from '../../src/platform/config/load-environment.js';
import { createDataSource, dataSourceOptions } from '../../src/platform/database/data-source.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

/** A database without a server, for tests that are about the database itself. It is empty: no migration has run. */
export interface OpenedDatabase {
  dataSource: DataSource;
  settings: TestDatabase['settings'];
  /** Another DataSource, as another process would have it. */
  open(variables?: Record<string, string>): Promise<DataSource>;
  close(): Promise<void>;
}

export async function openTestDatabase(variables: Record<string, string> = {}): Promise<OpenedDatabase> {
  const { settings, drop } = await createTestDatabase();
  const opened: DataSource[] = [];
  const open = async (own: Record<string, string> = {}): Promise<DataSource> => {
    const environment = loadEnvironment({ NODE_ENV: 'test', ...settings, ...variables, ...own });
    const dataSource = await createDataSource(dataSourceOptions(environment, entities)).initialize();
    opened.push(dataSource);
    return dataSource;
  };
  const close = async (): Promise<void> => {
    for (const dataSource of opened) if (dataSource.isInitialized) await dataSource.destroy();
    await drop();
  };
  return { dataSource: await open(), settings, open, close };
}

/** The names of all tables, TypeORM's own included. */
export async function tableNames(dataSource: DataSource): Promise<string[]> {
  const rows = await dataSource.query<{ name: string }[]>(
    dataSource.options.type === 'mysql'
      ? 'SELECT TABLE_NAME AS name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY name'
      : "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
  );
  return rows.map(({ name }) => name);
}
