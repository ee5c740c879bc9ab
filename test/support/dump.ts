import type { DataSource } from 'typeorm';
import { tableNames } from './opened-database.js';

/** Every row of every table as text, bytes in hexadecimal: what somebody would see who got hold of the database. */
export async function dumpOf(dataSource: DataSource): Promise<string> {
  const lines: string[] = [];
  for (const table of await tableNames(dataSource)) {
    const rows = await dataSource.query<Record<string, unknown>[]>(`SELECT * FROM ${table}`);
    lines.push(...rows.map((row) => `${table} ${JSON.stringify(row, asText)}`));
  }
  return lines.join('\n').toLowerCase();
}

// JSON.stringify hands over a Buffer as what its toJSON makes of it.
function asText(_key: string, value: unknown): unknown {
  const bytes = value as { type?: string; data?: number[] } | null;
  return bytes?.type === 'Buffer' && bytes.data ? Buffer.from(bytes.data).toString('hex') : value;
}
