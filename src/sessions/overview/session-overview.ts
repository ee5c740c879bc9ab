import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { asDate, Database } from '../../platform/database/database.js';

/** How much somebody is signed in. */
export interface SessionSummary {
  openSessions: number;
  /** To the minute; null for somebody who never logged in, or whose sessions are forgotten. */
  lastSeenAt: Date | null;
}

export const SUMMARISE_SESSIONS = `SELECT COUNT(CASE WHEN ended_at IS NULL AND expires_at > ? THEN 1 END) AS open,
  MAX(last_seen_at) AS last_seen_at FROM sessions WHERE user_id = ?`;

/** Sessions seen from far away, for those who look after users. */
@Injectable()
export class SessionOverview {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async summarise(userId: string): Promise<SessionSummary> {
    const parameters = [this.clock.now(), userId];
    const [row] = await this.database.rows<SummaryRow>(SUMMARISE_SESSIONS, parameters);
    const lastSeenAt = row?.last_seen_at ? asDate(row.last_seen_at) : null;
    return { openSessions: Number(row?.open ?? 0), lastSeenAt };
  }
}

interface SummaryRow {
  open: string | number;
  last_seen_at: Date | string | null;
}
