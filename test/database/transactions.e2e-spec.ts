import { Database, type Statements } from '../../src/platform/database/database.js';
import { asAppError } from '../../src/platform/errors/as-app-error.js';
import { statementsDuring } from '../support/statements.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { isMysql } from '../support/test-database.js';

describe('Database.transaction', () => {
  let test: TestApp;
  let database: Database;
  beforeAll(async () => {
    test = await startTestApp();
    database = test.app.get(Database);
  });
  afterAll(() => test?.close());

  const INSERT_USER = 'INSERT INTO users (role, nickname, created_at, updated_at) VALUES (?, ?, ?, ?)';
  const insert = async (statements: Statements, nickname: string): Promise<string> => {
    const now = test.clock.now();
    return (await statements.write(INSERT_USER, ['user', nickname, now, now])).insertId;
  };
  const nicknames = async (prefix: string): Promise<string[]> => {
    const sql = 'SELECT nickname FROM users WHERE nickname LIKE ? ORDER BY nickname';
    return (await database.rows<{ nickname: string }>(sql, [`${prefix}%`])).map(({ nickname }) => nickname);
  };
  const rename = (statements: Statements, id: string, nickname: string) =>
    statements.write('UPDATE users SET nickname = ? WHERE id = ?', [nickname, id]);

  it('commits every one of many at the same time', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `crowd-${String(i).padStart(2, '0')}`);

    await Promise.all(
      names.map((name) =>
        database.transaction(async (statements) => {
          await rename(statements, await insert(statements, 'unnamed'), name);
        }),
      ),
    );

    expect(await nicknames('crowd-')).toEqual(names);
  });

  it('takes back everything when the work fails, and the error is the one that was thrown', async () => {
    const failure = database.transaction(async (statements) => {
      await insert(statements, 'failed-1');
      throw new Error('changed my mind');
    });

    await expect(failure).rejects.toThrow('changed my mind');
    expect(await nicknames('failed-')).toEqual([]);
  });

  it('leaves a plain write beside it alone when it is rolled back', async () => {
    const underWay = new Gate();
    const failure = database.transaction(async (statements) => {
      await insert(statements, 'beside-rolled-back');
      underWay.open();
      await nextTurns();
      throw new Error('rolled back');
    });
    await underWay.isOpen;

    const beside = insert(database, 'beside-survivor');

    await expect(failure).rejects.toThrow('rolled back');
    await beside;
    expect(await nicknames('beside-')).toEqual(['beside-survivor']);
  });

  it('shows nobody what it has not committed', async () => {
    const underWay = new Gate();
    const mayEnd = new Gate();
    const transaction = database.transaction(async (statements) => {
      await insert(statements, 'unseen-1');
      underWay.open();
      await mayEnd.isOpen;
    });
    await underWay.isOpen;

    const seen = nicknames('unseen-'); // on SQLite it has to wait for its turn
    if (isMysql) expect(await seen).toEqual([]);
    mayEnd.open();

    await transaction;
    await seen;
    expect(await nicknames('unseen-')).toEqual(['unseen-1']);
  });

  if (isMysql) {
    // The server itself reports the error, as it does for a real one.
    const raise = (errno: number) => `SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = ${errno}, MESSAGE_TEXT = 'made up'`;

    it('survives a deadlock: the one that MySQL chose to fail is run again', async () => {
      const [a, b] = [await insert(database, 'lock-a'), await insert(database, 'lock-b')];
      const bothHoldOne = new Gate(2);
      let attempts = 0;
      const crossing = (first: string, second: string, name: string) =>
        database.transaction(async (statements) => {
          attempts++;
          await rename(statements, first, `lock-${name}-1`);
          bothHoldOne.open();
          await bothHoldOne.isOpen;
          await rename(statements, second, `lock-${name}-2`);
        });

      await Promise.all([crossing(a, b, 'ab'), crossing(b, a, 'ba')]);

      expect(attempts).toBe(3);
      const left = await nicknames('lock-');
      expect([
        ['lock-ab-1', 'lock-ab-2'],
        ['lock-ba-1', 'lock-ba-2'],
      ]).toContainEqual(left);
    });

    it.each([
      ['deadlock', 1213],
      ['lock wait timeout', 1205],
    ])('gives up after five tries when every one ends in a %s, and the client may come back', async (_what, errno) => {
      let tries = 0;
      const work = async (statements: Statements): Promise<void> => {
        tries++;
        await insert(statements, `given-up-${errno}`);
        await statements.write(raise(errno));
      };

      const error: unknown = await database.transaction(work).catch((thrown: unknown) => thrown);

      expect(tries).toBe(5);
      expect(await nicknames(`given-up-${errno}`)).toEqual([]);
      expect(asAppError(error)).toMatchObject({ type: { code: 'service.unavailable' }, retryAfterSeconds: 5 });
    });

    it('tries a single write as often, and other errors only once', async () => {
      const tries = async (errno: number): Promise<number> => {
        const write = () => database.write(raise(errno)).catch(() => {});
        return (await statementsDuring(test.dataSource, write)).filter((sql) => sql === raise(errno)).length;
      };

      expect(await tries(1213)).toBe(5);
      expect(await tries(1146)).toBe(1);
    });
  } else {
    it.each<[what: string, forget: (database: Database) => Promise<unknown>]>([
      ['a query', () => database.rows('SELECT 1')],
      ['a write', () => insert(database, 'forgotten-1')],
      ['a second transaction', () => database.transaction((statements) => insert(statements, 'forgotten-2'))],
      ['the shared manager', () => test.dataSource.manager.query('SELECT 1')],
    ])('refuses %s that forgets the statements it was handed, instead of waiting for itself', async (_what, forget) => {
      const transaction = database.transaction(async (statements) => {
        await insert(statements, 'forgotten-0');
        await forget(database);
      });

      await expect(transaction).rejects.toThrow("inside a transaction: use the transaction's own manager");
      expect(await nicknames('forgotten-')).toEqual([]);
    });

    it('can be begun again after the disk was full, when SQLite takes a transaction back by itself', async () => {
      const [{ page_count: pages }] = (await database.rows<{ page_count: number }>('PRAGMA page_count')) as [never];
      await database.rows(`PRAGMA max_page_count = ${pages + 2}`);
      const failure = await database
        .transaction(async (statements) => {
          for (let row = 0; row < 1_000; row++) await insert(statements, `full-${'x'.repeat(500)}`);
        })
        .catch((error: Error) => error.message);
      await database.rows('PRAGMA max_page_count = 1000000');

      await database.transaction((statements) => insert(statements, 'roomy-1'));

      expect(failure).toContain('database or disk is full');
      expect(await nicknames('full-')).toEqual([]);
      expect(await nicknames('roomy-')).toEqual(['roomy-1']);
    });

    it('lets work that goes on after its end use the database again', async () => {
      const ended = new Gate();
      let after: Promise<string[]> | undefined;
      await database.transaction(async (statements) => {
        await insert(statements, 'after-1');
        after = ended.isOpen.then(() => nicknames('after-'));
      });
      ended.open();

      expect(await after).toEqual(['after-1']);
    });
  }
});

/** Lets tests say what must have happened before something else goes on. */
class Gate {
  private resolve!: () => void;
  readonly isOpen = new Promise<void>((resolve) => (this.resolve = resolve));

  constructor(private keys = 1) {}

  open(): void {
    if (--this.keys <= 0) this.resolve();
  }
}

async function nextTurns(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
}
