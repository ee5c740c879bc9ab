import { Injectable } from '@nestjs/common';
import { AuditLog } from '../platform/audit/audit-log.js';
import { SessionTimeline } from './history/session-timeline.js';
import { EndingSignals } from './live/ending-signals.js';
import type { Ending } from './session-endings.js';
import { SessionKeyResets } from './session-key-resets.js';

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
