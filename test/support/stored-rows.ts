import type { DataSource } from 'typeorm';

const TABLES = ['users', 'wechat_accounts', 'sessions'] as const;

export type StoredRows = Record<(typeof TABLES)[number], number>;

/** How many rows each table has that a login writes to. */
export async function storedRows(dataSource: DataSource): Promise<StoredRows> {
  const counts = TABLES.map(async (table) => {
    const [row] = await dataSource.query<{ n: number | string }[]>(`SELECT COUNT(*) AS n FROM ${table}`);
    return [table, Number(row!.n)] as const;
  });
  return Object.fromEntries(await Promise.all(counts)) as StoredRows;
}
