import { AuditLog } from '../../src/platform/audit/audit-log.js';
import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
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

let registered = 0;

/** Registers somebody with a password. */
export async function register({ client }: TestApp, fields: object = {}): Promise<TokensDto> {
  const username = `User${String(++registered).padStart(6, '0')}`;
  const body = { username, password: 'Blue-Kettle7', ...fields };
  return (await client.post<TokensDto>('/api/v1/auth/register', body)).body;
}

/** An access token of an admin. */
export async function adminToken(test: TestApp): Promise<string> {
  const { user, refreshToken } = await register(test);
  await test.dataSource.query(`UPDATE users SET role = 'admin' WHERE id = ?`, [user.id]);
  return (await test.client.refresh(refreshToken)).body.accessToken;
}
