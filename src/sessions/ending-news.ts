import { Injectable } from '@nestjs/common';
import { type AuditEntry, AuditLog } from '../platform/audit/audit-log.js';
import { SessionKeyResets } from './session-key-resets.js';

/** Passes the end of a session on to those who act on it behind the request. */
@Injectable()
export class EndingNews {
  constructor(
    private readonly audit: AuditLog,
    private readonly keys: SessionKeyResets,
  ) {}

  record(entry: AuditEntry & { userId: string }): void {
    this.audit.record(entry);
    this.keys.resetSoon(entry.userId);
  }
}
