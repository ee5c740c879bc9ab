import { Logger } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { AppModule } from '../../src/app.module.js';
import type { Environment } from '../../src/platform/config/environment.js';
import { loadEnvironment } from '../../src/platform/config/load-environment.js';
import { newestMigration } from '../../src/platform/database/migrations/migrations.js';
import { migrate, SchemaOutdatedError } from '../../src/platform/database/schema-state.js';
import { type OpenedDatabase, openTestDatabase, tableNames } from '../support/opened-database.js';

const PRODUCTION = {
  NODE_ENV: 'production',
  LOG_LEVEL: 'silent',
  BCRYPT_COST: '10',
  APP_SECRET: 'q7Vn2Xc4Rb9Lm1Kj6Hg3Fd8Sa5Po0Iu-kept-for-this-test',
  WECHAT_APP_ID: 'wx1234567890abcdef',
  WECHAT_APP_SECRET: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
};

// libsql gives a closed file back only when its statements have been collected; a production server wants it alone.
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

describe('A production server', () => {
  let database: OpenedDatabase;
  let environment: Environment;
  let complaints: unknown[];
  beforeEach(async () => {
    complaints = [];
    Logger.overrideLogger({ log: () => {}, warn: () => {}, error: (message) => void complaints.push(message) });
    database = await openTestDatabase();
    environment = loadEnvironment({ ...PRODUCTION, ...database.settings });
  });
  afterEach(() => database?.close());

  const start = async () =>
    (await Test.createTestingModule({ imports: [AppModule.forRoot(environment)] }).compile()).init();
  /** Starts the server, with the database to itself, and stops it again; null when it started. */
  const startFailure = async (): Promise<unknown> => {
    await database.dataSource.destroy();
    collectGarbage();
    return start().then(
      (app) => app.close().then(() => null),
      (error: unknown) => error,
    );
  };

  it('refuses a schema that lacks the newest migration, and names the command that helps', async () => {
    await migrate(database.dataSource);
    await database.dataSource.query('DELETE FROM migrations WHERE name = ?', [newestMigration]);

    const failure = await startFailure();

    expect(failure).toBeInstanceOf(SchemaOutdatedError);
    expect((failure as Error).message).toContain('npm run migrate');
    expect(complaints).toEqual([]);
  });

  it('changes nothing in an empty database: it does not migrate by itself', async () => {
    const failure = await startFailure();

    expect(failure).toBeInstanceOf(SchemaOutdatedError);
    expect(await tableNames(await database.open())).toEqual([]);
  });

  it('starts on a current schema, and on one that is newer still', async () => {
    await migrate(database.dataSource);
    await database.dataSource.query('INSERT INTO migrations (timestamp, name) VALUES (?, ?)', [
      2e12,
      'FromTheFuture2000000000000',
    ]);

    expect(await startFailure()).toBeNull();
  });
});
