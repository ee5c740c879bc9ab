import type { Database } from '../../database/database.js';
import type { SealedColumn } from './sealed-column.js';

/** How many values of a column are not sealed with the APP_SECRET in use. */
export interface OldSecrets {
  table: string;
  column: string;
  values: number;
}

/** Reads the tables from end to end. @param prefix of what the secret in use has sealed */
export function countOldSecrets(database: Database, prefix: string, columns: SealedColumn[]): Promise<OldSecrets[]> {
  const count = async ({ table, column }: SealedColumn): Promise<OldSecrets> => {
    const sql = `SELECT COUNT(*) AS n FROM ${table} WHERE ${column} NOT LIKE ?`;
    const [row] = await database.rows<{ n: string | number }>(sql, [`${prefix}%`]);
    return { table, column, values: Number(row?.n ?? 0) };
  };
  return Promise.all(columns.map(count));
}
