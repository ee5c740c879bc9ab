import type { Dialect } from '../database/dialect.js';
import type { AttemptOutcome } from './attempt-rules.js';

// The rules of attempt-rules.ts once more, as one statement each; a test holds the two equal. MySQL sees the columns
// that are assigned further up as they have become, SQLite as they were: each expression means the same both ways.

export const FIND_FORGOTTEN = 'SELECT id FROM attempt_counters WHERE forget_at <= ? ORDER BY forget_at LIMIT ?';
export const DELETE_FORGOTTEN = (count: number): string =>
  `DELETE FROM attempt_counters WHERE id IN (${placeholders(count)}) AND forget_at <= ?`;

export const findCounters = (count: number): string =>
  `SELECT id, failures, under_way, blocked_until, busy_until, forget_at FROM attempt_counters
    WHERE id IN (${placeholders(count)})`;

/**
 * Takes a place in each counter, or fails with a check violation and takes none. Parameters of each: id, free, now, busy
 * until, forget at, now, now.
 */
export function takeStatement(dialect: Dialect, count: number): string {
  const isMysql = dialect === 'mysql';
  const given = (column: string) => (isMysql ? `VALUES(${column})` : `excluded.${column}`);
  const now = given('updated_at');
  return `INSERT INTO attempt_counters (id, free, failures, under_way, blocked_until, busy_until, forget_at, created_at,
      updated_at) VALUES ${Array(count).fill('(?, ?, 0, 1, ?, ?, ?, ?, ?)').join(', ')}
    ${isMysql ? 'ON DUPLICATE KEY UPDATE' : 'ON CONFLICT (id) DO UPDATE SET'}
      failures = CASE WHEN forget_at <= ${now} THEN 0
        WHEN busy_until <= ${now} THEN failures + under_way ELSE failures END,
      under_way = CASE WHEN forget_at <= ${now} THEN 1 WHEN blocked_until > ${now} THEN -1
        WHEN busy_until <= ${now} THEN 1 WHEN under_way >= 1 AND under_way + failures >= free THEN -1
        ELSE under_way + 1 END,
      blocked_until = CASE WHEN forget_at <= ${now} THEN ${now} ELSE blocked_until END,
      free = ${given('free')}, busy_until = ${given('busy_until')},
      forget_at = CASE WHEN forget_at <= ${now} THEN ${given('forget_at')} ELSE forget_at END,
      updated_at = ${now}`;
}

interface Settling {
  ids: Buffer[];
  /** Those that a success clears. */
  cleared: Buffer[];
  /** When the wait ends after 0, 1, 2 … failures beyond the free ones; the last also after more. */
  waits: Date[];
  now: Date;
}

// A counter that says nothing any more may be deleted at once.
const forgetIf = (isEmpty: string) => `forget_at = CASE WHEN under_way <= 1 AND (${isEmpty}) THEN ? ELSE forget_at END`;
const LEAVE = 'under_way = CASE WHEN under_way > 0 THEN under_way - 1 ELSE 0 END, updated_at = ?';

export function settleStatement(
  outcome: AttemptOutcome,
  { ids, cleared, waits, now }: Settling,
): { sql: string; parameters: unknown[] } {
  const those = `WHERE id IN (${placeholders(ids.length)})`;
  if (outcome === 'failed') {
    const steps = waits.slice(0, -1).map((_, beyond) => `WHEN failures + 1 = free + ${beyond} THEN ?`);
    const blocked = `CASE WHEN failures + 1 < free THEN blocked_until ${steps.join(' ')} ELSE ? END`;
    const sql = `UPDATE attempt_counters SET blocked_until = ${blocked}, failures = failures + 1, ${LEAVE} ${those}`;
    return { sql, parameters: [...waits, now, ...ids] };
  }
  if (outcome === 'broken' || !cleared.length) {
    const sql = `UPDATE attempt_counters SET ${forgetIf('failures = 0')}, ${LEAVE} ${those}`;
    return { sql, parameters: [now, now, ...ids] };
  }
  const isCleared = `id IN (${placeholders(cleared.length)})`;
  const sql = `UPDATE attempt_counters SET ${forgetIf(`failures = 0 OR ${isCleared}`)}, blocked_until = CASE WHEN ${isCleared} THEN ? ELSE blocked_until END,
    failures = CASE WHEN ${isCleared} THEN 0 ELSE failures END, ${LEAVE} ${those}`;
  return { sql, parameters: [...cleared, now, ...cleared, now, ...cleared, now, ...ids] };
}

function placeholders(count: number): string {
  return Array(count).fill('?').join(', ');
}
