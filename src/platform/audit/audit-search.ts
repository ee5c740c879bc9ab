import { Injectable } from '@nestjs/common';
import { asDate, Database } from '../database/database.js';
import { RequestInvalidError } from '../errors/request.errors.js';
import { AuditLog } from './audit-log.js';

/** Which events to show. */
export interface AuditQuery {
  userId?: string;
  actorId?: string;
  sessionId?: string;
  type?: string;
  outcome?: string;
  from?: Date;
  to?: Date;
  /** Where the last page ended. */
  before?: string;
  limit: number;
}

/** One event, as it was written. */
export interface FoundEvent {
  id: string;
  type: string;
  outcome: string;
  userId: string | null;
  actorId: string | null;
  sessionId: string | null;
  ipAddress: string | null;
  userAgent: string | null;
  detail: Record<string, unknown> | null;
  createdAt: Date;
}

/** Newest first; `nextBefore` is null on the last page. */
export interface AuditPage {
  events: FoundEvent[];
  nextBefore: string | null;
}

interface EventRow {
  id: string | number;
  type: string;
  outcome: string;
  user_id: string | number | null;
  actor_id: string | number | null;
  session_id: string | null;
  ip_address: string | null;
  user_agent: string | null;
  detail: string | Record<string, unknown> | null;
  created_at: Date | string;
}

const COLUMNS = 'id, type, outcome, user_id, actor_id, session_id, ip_address, user_agent, detail, created_at';
const CURSOR = /^(\d{1,15})-(\d{1,20})$/;

const CONDITIONS = {
  userId: 'user_id = ?',
  actorId: 'actor_id = ?',
  sessionId: 'session_id = ?',
  type: 'type = ?',
  outcome: 'outcome = ?',
  from: 'created_at >= ?',
  to: 'created_at < ?',
} as const;

/** Reads the audit trail, page by page from the newest: each page begins at the key where the last one ended. */
@Injectable()
export class AuditSearch {
  constructor(
    private readonly database: Database,
    private readonly log: AuditLog,
  ) {}

  /** @throws RequestInvalidError for a cursor that is none of ours */
  async find({ before, limit, ...query }: AuditQuery): Promise<AuditPage> {
    await this.log.flush(); // what this process knows, its admin may see
    const { sql, parameters } = conditionsOf(query, before);
    const list = `SELECT ${COLUMNS} FROM audit_events ${sql} ORDER BY created_at DESC, id DESC LIMIT ?`;
    const rows = await this.database.rows<EventRow>(list, [...parameters, limit + 1]);
    const events = rows.slice(0, limit).map(readEvent);
    return { events, nextBefore: rows.length > limit ? cursorAfter(events.at(-1)!) : null };
  }
}

function conditionsOf(query: Omit<AuditQuery, 'before' | 'limit'>, before?: string) {
  const given = Object.entries(CONDITIONS).filter(([name]) => query[name as keyof typeof query] !== undefined);
  const conditions = given.map(([, sql]) => sql as string);
  const parameters: unknown[] = given.map(([name]) => query[name as keyof typeof query]);
  if (before !== undefined) {
    const { at, id } = readCursor(before);
    conditions.push('created_at <= ? AND (created_at < ? OR id < ?)');
    parameters.push(at, at, id);
  }
  return { sql: conditions.length ? `WHERE ${conditions.join(' AND ')}` : '', parameters };
}

function readCursor(cursor: string): { at: Date; id: string } {
  const [, milliseconds, id] = CURSOR.exec(cursor) ?? [];
  if (!id) throw new RequestInvalidError({ fields: [{ field: 'before', code: 'isCursor', message: NO_CURSOR }] });
  return { at: new Date(Number(milliseconds)), id };
}

const NO_CURSOR = { zh: '须为上一页的 nextBefore', en: 'must be the nextBefore of the last page' };

function cursorAfter({ createdAt, id }: FoundEvent): string {
  return `${createdAt.getTime()}-${id}`;
}

function readEvent(row: EventRow): FoundEvent {
  const { type, outcome, detail } = row;
  return {
    ...{ id: String(row.id), type, outcome },
    userId: row.user_id === null ? null : String(row.user_id),
    actorId: row.actor_id === null ? null : String(row.actor_id),
    ...{ sessionId: row.session_id, ipAddress: row.ip_address, userAgent: row.user_agent },
    detail: typeof detail === 'string' ? (JSON.parse(detail) as Record<string, unknown>) : detail,
    createdAt: asDate(row.created_at),
  };
}
