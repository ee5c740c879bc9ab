import type { DataSource } from 'typeorm';
import { migrate } from '../../src/platform/database/schema-state.js';
import { type OpenedDatabase, openTestDatabase } from '../support/opened-database.js';
import { isMysql } from '../support/test-database.js';

describe('the number of a user who was erased', () => {
  let database: OpenedDatabase;
  let dataSource: DataSource;
  beforeEach(async () => {
    database = await openTestDatabase();
    dataSource = database.dataSource;
    await migrate(dataSource);
  });
  afterEach(() => database?.close());

  const now = new Date();
  const insert = async (on: DataSource = dataSource): Promise<number> => {
    await on.query("INSERT INTO users (role, created_at, updated_at) VALUES ('user', ?, ?)", [now, now]);
    const [row] = await on.query<{ id: string | number }[]>('SELECT MAX(id) AS id FROM users');
    return Number(row!.id);
  };
  const eraseAll = () => dataSource.query('DELETE FROM users');

  it('is not given out again when it was the newest', async () => {
    await insert();
    const newest = await insert();
    await eraseAll();

    expect(await insert()).toBe(newest + 1);
  });

  it('is not given out again by a process that starts later', async () => {
    const newest = await insert();
    await eraseAll();

    const later = await database.open();

    expect(await insert(later)).toBe(newest + 1);
  });

  it('is not given out again after the table was rebuilt', async () => {
    const newest = await insert();
    await eraseAll();

    await dataSource.query(isMysql ? 'ALTER TABLE users ENGINE = InnoDB' : 'VACUUM');

    expect(await insert()).toBe(newest + 1);
  });

  // SQLite changes a table by copying what is left of it.
  it('is not given out again after a migration that changes its table', async () => {
    while (!(await newestMigration()).startsWith('UnionsAndPhones')) await dataSource.undoLastMigration();
    await dataSource.undoLastMigration();
    await insert();
    const newest = await insert();
    await eraseAll();

    await migrate(dataSource);

    expect(await insert()).toBe(newest + 1);
  });

  const newestMigration = async (): Promise<string> => {
    const sql = 'SELECT name FROM migrations ORDER BY id DESC LIMIT 1';
    const [row] = await dataSource.query<{ name: string }[]>(sql);
    return row!.name;
  };
});
