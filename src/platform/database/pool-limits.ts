import type { DataSource } from 'typeorm';
import type { MysqlDriver } from 'typeorm/driver/mysql/MysqlDriver.js';
import { DatabaseBusyError } from './database-errors.js';

const ACQUIRE_DEADLINE_MS = 5_000;

interface PoolConnection {
  release(): void;
}

/** mysql2 waits for ever when its pool is used up: this gives every wait a deadline. */
export function limitWaiting(dataSource: DataSource): DataSource {
  const driver = dataSource.driver as MysqlDriver;
  const obtain = driver.obtainMasterConnection.bind(driver) as () => Promise<PoolConnection>;
  driver.obtainMasterConnection = () => withDeadline(obtain());
  return dataSource;
}

function withDeadline(waiting: Promise<PoolConnection>): Promise<PoolConnection> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new DatabaseBusyError());
    }, ACQUIRE_DEADLINE_MS);
    waiting.then(
      (connection) => {
        clearTimeout(timer);
        if (isLate) connection.release();
        else resolve(connection);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(isQueueFull(error) ? new DatabaseBusyError() : (error as Error));
      },
    );
  });
}

function isQueueFull(error: unknown): boolean {
  return error instanceof Error && /queue limit|pool is closed/i.test(error.message);
}
