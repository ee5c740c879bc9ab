import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { asDate, Database } from '../../platform/database/database.js';
import { RequestInvalidError } from '../../platform/errors/request.errors.js';
import { survivor } from '../../users/merging/survivor.js';
import type { EndReason } from '../session.entity.js';
import { SessionNotFoundError } from '../sessions.errors.js';
import type { SessionEventType } from './session-event.entity.js';
import { SessionTimeline } from './session-timeline.js';

/** Which part of a timeline. */
export interface HistoryQuery {
  /** Where the last page ended. */
  before?: string;
  limit: number;
}

/** One thing that happened to a session. */
export interface HistoryEvent {
  id: string;
  type: SessionEventType;
  reason: string | null;
  ipAddress: string | null;
  createdAt: Date;
}

/** Newest first; `nextBefore` is null on the last page. */
export interface HistoryPage {
  events: HistoryEvent[];
  nextBefore: string | null;
}

interface EventRow {
  id: string | number;
  type: SessionEventType;
  reason: string | null;
  ip_address: string | null;
  created_at: Date | string;
}

interface EndRow {
  ended_at: Date | string | null;
  end_reason: EndReason | null;
  expires_at: Date | string;
}

export const FIND_END = `SELECT ended_at, end_reason, expires_at FROM sessions WHERE id = ? AND user_id = ${survivor()}`;
const EVENTS = 'SELECT id, type, reason, ip_address, created_at FROM session_events WHERE session_id = ?';
const NEWEST = 'ORDER BY created_at DESC, id DESC LIMIT ?';
export const FIND_NEWEST_EVENTS = `${EVENTS} ${NEWEST}`;
export const FIND_EVENTS_BEFORE = `${EVENTS} AND created_at <= ? AND (created_at < ? OR id < ?) ${NEWEST}`;

const CURSOR = /^(\d{1,15})-(\d{1,19})$/;
const AFTER_ALL = '9223372036854775807';

/** Tells the owner of a session, open or over, what happened to it. */
@Injectable()
export class SessionHistory {
  constructor(
    private readonly database: Database,
    private readonly timeline: SessionTimeline,
    private readonly clock: Clock,
  ) {}

  /** @throws SessionNotFoundError for a session of somebody else, RequestInvalidError for a cursor that is none of ours */
  async find(session: { id: string; userId: string }, { before, limit }: HistoryQuery): Promise<HistoryPage> {
    const cursor = before === undefined ? null : readCursor(before);
    const [row] = await this.database.rows<EndRow>(FIND_END, [session.id, session.userId]);
    if (!row) throw new SessionNotFoundError();
    await this.timeline.flush(); // what this process knows, the owner may see
    const noted = await this.readEvents(session.id, cursor, limit + 1);
    const all = cursor ? noted : withEnd(noted, this.endOf(row));
    const events = all.slice(0, limit);
    return { events, nextBefore: all.length > limit ? cursorAfter(events.at(-1)!) : null };
  }

  private async readEvents(sessionId: string, cursor: Cursor | null, limit: number): Promise<HistoryEvent[]> {
    const rows = cursor
      ? await this.database.rows<EventRow>(FIND_EVENTS_BEFORE, [sessionId, cursor.at, cursor.at, cursor.id, limit])
      : await this.database.rows<EventRow>(FIND_NEWEST_EVENTS, [sessionId, limit]);
    return rows.map(readEvent);
  }

  // As the session's own row says, which is right whatever became of the events. Nothing ends a session by expiry.
  private endOf({ ended_at: endedAt, end_reason: reason, expires_at: expiresAt }: EndRow): HistoryEvent | null {
    const end = { id: AFTER_ALL, type: 'end' as const, ipAddress: null };
    if (endedAt !== null) return { ...end, reason, createdAt: asDate(endedAt) };
    if (asDate(expiresAt) > this.clock.now()) return null;
    return { ...end, reason: 'expired', createdAt: asDate(expiresAt) };
  }
}

function withEnd(noted: HistoryEvent[], end: HistoryEvent | null): HistoryEvent[] {
  if (!end) return noted;
  const isNoted = noted.some(({ type, createdAt }) => type === 'end' && createdAt >= end.createdAt);
  return isNoted ? noted : [end, ...noted];
}

interface Cursor {
  at: Date;
  id: string;
}

function readCursor(cursor: string): Cursor {
  const [, milliseconds, id] = CURSOR.exec(cursor) ?? [];
  if (!id) throw new RequestInvalidError({ fields: [{ field: 'before', code: 'isCursor', message: NO_CURSOR }] });
  return { at: new Date(Number(milliseconds)), id };
}

const NO_CURSOR = { zh: '须为上一页的 nextBefore', en: 'must be the nextBefore of the last page' };

function cursorAfter({ createdAt, id }: HistoryEvent): string {
  return `${createdAt.getTime()}-${id}`;
}

function readEvent({ id, type, reason, ip_address, created_at }: EventRow): HistoryEvent {
  return { id: String(id), type, reason, ipAddress: ip_address, createdAt: asDate(created_at) };
}
