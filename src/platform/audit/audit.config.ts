import type { Environment } from '../config/environment.js';

/** How long the audit trail remembers. */
export class AuditConfig {
  readonly retentionDays: number;

  constructor({ AUDIT_RETENTION_DAYS: retentionDays }: Environment) {
    this.retentionDays = retentionDays;
  }
}
