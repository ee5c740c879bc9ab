import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import type { IsolationLevel } from 'typeorm/driver/types/IsolationLevel.js';

class Mutex {
  private tail: Promise<void> = Promise.resolve();

  async acquire(): Promise<() => void> {
    let release!: () => void;
    const previous = this.tail;
    this.tail = new Promise((resolve) => (release = resolve));
    await previous;
    return release;
  }
}

interface TransactionScope {
  active: boolean;
}

/** What the runners of one DataSource share: the turn at its one connection, and who is inside a transaction. */
class Connection {
  readonly turn = new Mutex();
  readonly scope = new AsyncLocalStorage<TransactionScope>();

  refuseInsideTransaction(what: string): void {
    if (this.scope.getStore()?.active)
      throw new Error(`${what} inside a transaction: use the transaction's own manager`);
  }
}

/** A runner that waits for its turn: a transaction keeps the turn from BEGIN to its end, a plain statement for itself. */
class IsolatedRunner extends BetterSqlite3QueryRunner {
  private unlock?: () => void;

  constructor(
    driver: BetterSqlite3Driver,
    private readonly shared: Connection,
  ) {
    super(driver);
  }

  override async startTransaction(isolation?: IsolationLevel): Promise<void> {
    if (!this.unlock) {
      this.shared.refuseInsideTransaction('A second transaction was started');
      this.unlock = await this.shared.turn.acquire();
    }
    try {
      await super.startTransaction(isolation);
    } catch (error) {
      if (this.transactionDepth === 0) this.abandonTransaction(); // TypeORM calls it active before BEGIN has succeeded
      throw error;
    }
  }

  override async commitTransaction(): Promise<void> {
    await super.commitTransaction().finally(() => this.unlockWhenDone());
  }

  override async rollbackTransaction(): Promise<void> {
    try {
      await super.rollbackTransaction();
    } catch (error) {
      this.abandonTransaction(); // SQLite has rolled back by itself, as it does when the disk is full
      throw error;
    }
    this.unlockWhenDone();
  }

  override async release(): Promise<void> {
    while (this.isTransactionActive) await this.rollbackTransaction();
    this.unlockWhenDone();
  }

  override async query(sql: string, parameters?: unknown[], structured?: boolean) {
    // IMMEDIATE takes the write lock at once: a deferred transaction can fail at its first write.
    if (this.unlock) return super.query(sql === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : sql, parameters, structured);
    this.shared.refuseInsideTransaction('A query ran');
    const unlock = await this.shared.turn.acquire();
    return super.query(sql, parameters, structured).finally(unlock);
  }

  private abandonTransaction(): void {
    this.isTransactionActive = false;
    this.transactionDepth = 0;
    this.unlockWhenDone();
  }

  private unlockWhenDone(): void {
    if (this.isTransactionActive) return;
    this.unlock?.();
    this.unlock = undefined;
  }
}

/**
 * TypeORM's SQLite drivers share one query runner between all callers: two concurrent transactions break each other,
 * and a plain write can be rolled back by somebody else's transaction. This gives every caller a runner of its own
 * over the one connection.
 */
export function isolateSqlite(dataSource: DataSource): DataSource {
  const shared = new Connection();
  const driver = dataSource.driver as BetterSqlite3Driver;
  driver.createQueryRunner = () => new IsolatedRunner(driver, shared) as unknown as QueryRunner;

  const manager = dataSource.manager;
  const transaction = manager.transaction.bind(manager) as EntityManager['transaction'];
  const marked = async <T>(run: (manager: EntityManager) => Promise<T>, own: EntityManager): Promise<T> => {
    const scope: TransactionScope = { active: true };
    return shared.scope.run(scope, () => run(own).finally(() => (scope.active = false)));
  };
  manager.transaction = ((run: (manager: EntityManager) => Promise<unknown>) =>
    transaction((own) => marked(run, own))) as EntityManager['transaction'];
  return dataSource;
}
