import { isNativeError } from 'node:util/types';

interface DriverError {
  code?: string;
  errno?: number;
}

function driverErrorOf(error: unknown): DriverError {
  const outer = error as (DriverError & { driverError?: DriverError }) | null;
  return outer?.driverError ?? outer ?? {};
}

const DUPLICATE_KEY_CODES = new Set(['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']);

/** True when a unique key already holds the value: on MySQL and on SQLite. */
export function isDuplicateKey(error: unknown): boolean {
  const { code } = driverErrorOf(error);
  return DUPLICATE_KEY_CODES.has(code ?? '');
}

const CHECK_VIOLATION_CODES = new Set(['ER_CHECK_CONSTRAINT_VIOLATED', 'SQLITE_CONSTRAINT_CHECK']);

/** True when the statement was refused by a CHECK of its table: on MySQL and on SQLite. */
export function isCheckViolation(error: unknown): boolean {
  const { code } = driverErrorOf(error);
  return CHECK_VIOLATION_CODES.has(code ?? '');
}

/** True for a deadlock (1213) or a lock wait timeout (1205): the transaction was rolled back and may be run again. */
export function isLockConflict(error: unknown): boolean {
  const { errno } = driverErrorOf(error);
  return errno === 1213 || errno === 1205;
}

const UNAVAILABLE_CODES = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'PROTOCOL_CONNECTION_LOST'],
  ...['ER_CON_COUNT_ERROR', 'ER_SERVER_SHUTDOWN', 'ER_LOCK_WAIT_TIMEOUT', 'ER_LOCK_DEADLOCK', 'SQLITE_BUSY'],
]);

/** Waiting for a free connection took too long, or too many were waiting already. */
export class DatabaseBusyError extends Error {
  constructor() {
    super('No free database connection');
    this.name = 'DatabaseBusyError';
  }
}

/** True when the database cannot answer now, rather than refusing what was asked. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseBusyError) return true;
  const isFromDatabase = isNativeError(error) && ('driverError' in error || 'sqlState' in error || 'fatal' in error);
  return isFromDatabase && UNAVAILABLE_CODES.has(driverErrorOf(error).code ?? '');
}

/** The unique key (MySQL) or the columns (SQLite) that already hold the value; null for every other error. */
export function duplicateKeyOf(error: unknown): string | null {
  if (!isDuplicateKey(error)) return null;
  const message = (error as Error).message;
  return /for key '([^']+)'$|failed: ([\w., ]+)$/.exec(message)?.slice(1).find(Boolean) ?? '';
}
