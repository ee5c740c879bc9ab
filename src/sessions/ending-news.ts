import { Injectable } from '@nestjs/common';
import { AuditLog } from '../platform/audit/audit-log.js';
import type { Client } from '../platform/identity/client.js';
import { SessionTimeline } from './history/session-timeline.js';
import { EndingSignals } from './live/ending-signals.js';
import type { ReuseClass } from './refresh/refresh-rules.js';
import { SessionKeyResets } from './session-key-resets.js';
import type { EndReason } from './session.entity.js';

/** Why a session is to end, and who asked for it. */
export interface Ending {
  reason: EndReason;
  /** Absent when it was not the user who asked. */
  client?: Client;
  /** The admin who asked. */
  actorId?: string;
  /** When a refresh token was used again. */
  reuse?: ReuseClass;
  detail?: Record<string, unknown>;
}

/** A session that has ended. */
export interface EndedSession {
  id: string;
  userId: string;
  endedAt: Date;
}

/** Passes the end of a session on to those who act on it behind the request. */
@Injectable()
export class EndingNews {
  constructor(
    private readonly audit: AuditLog,
    private readonly timeline: SessionTimeline,
    private readonly keys: SessionKeyResets,
    private readonly signals: EndingSignals,
  ) {}

  record(session: EndedSession, ending: Ending): void {
    const { id: sessionId, userId } = session;
    this.signals.send();
    const { reason, detail, reuse, ...by } = ending;
    const why = { reason, ...(reuse && { class: reuse }), ...detail };
    this.audit.record({ type: 'session.ended', outcome: 'ok', userId, sessionId, ...by, detail: why });
    this.note(session, ending);
    this.keys.resetSoon(userId);
  }

  // The owner is told where from, but not where an admin sits.
  private note({ id: sessionId, endedAt: at }: EndedSession, { reason, reuse, client, actorId }: Ending): void {
    const ipAddress = actorId === undefined ? client?.ipAddress : undefined;
    const where = { sessionId, ipAddress, at };
    if (reuse) this.timeline.note({ ...where, type: 'reuse', reason: reuse });
    this.timeline.note({ ...where, type: 'end', reason });
  }
}
