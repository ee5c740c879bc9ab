import { AuditLog } from '../../src/platform/audit/audit-log.js';
import { registered } from './password-users.js';
import type { TestApp } from './test-app.js';

export interface SeenEvent {
  userId: string;
  outcome: string;
  detail: Record<string, unknown>;
}

/** How many rows of a table satisfy a condition. */
export async function countRows({ dataSource }: TestApp, table: string, where = '1 = 1', values: unknown[] = []) {
  const sql = `SELECT COUNT(*) AS n FROM ${table} WHERE ${where}`;
  const [row] = await dataSource.query<{ n: string | number }[]>(sql, values);
  return Number(row!.n);
}

/** The audit events of one type, oldest first. */
export async function auditEvents({ app, dataSource }: TestApp, type: string): Promise<SeenEvent[]> {
  await app.get(AuditLog).flush();
  const sql = 'SELECT user_id, outcome, detail FROM audit_events WHERE type = ? ORDER BY id';
  const rows = await dataSource.query<{ user_id: string; outcome: string; detail: unknown }[]>(sql, [type]);
  return rows.map(({ user_id, outcome, detail }) => ({
    userId: String(user_id),
    outcome,
    detail: (typeof detail === 'string' ? JSON.parse(detail) : detail) as Record<string, unknown>,
  }));
}

/** An access token of an admin. */
export async function adminToken(test: TestApp): Promise<string> {
  const { user, refreshToken } = await registered(test);
  await test.dataSource.query(`UPDATE users SET role = 'admin' WHERE id = ?`, [user.id]);
  return (await test.client.refresh(refreshToken)).body.accessToken;
}
