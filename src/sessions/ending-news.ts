import { Injectable } from '@nestjs/common';
import { type AuditEntry, AuditLog } from '../platform/audit/audit-log.js';
import { EndingSignals } from './live/ending-signals.js';
import { SessionKeyResets } from './session-key-resets.js';

/** Passes the end of a session on to those who act on it behind the request. */
@Injectable()
export class EndingNews {
  constructor(
    private readonly audit: AuditLog,
    private readonly keys: SessionKeyResets,
    private readonly signals: EndingSignals,
  ) {}

  record(entry: AuditEntry & { userId: string }): void {
    this.signals.send();
    this.audit.record(entry);
    this.keys.resetSoon(entry.userId);
  }
}
