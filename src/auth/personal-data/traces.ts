import { Injectable } from '@nestjs/common';
import { AuditErasure } from '../../platform/audit/audit-erasure.js';
import { type AuditEntry, AuditLog } from '../../platform/audit/audit-log.js';
import type { Statements } from '../../platform/database/database.js';
import { WebhookErasure } from '../../platform/webhooks/webhook-erasure.js';
import { PasswordAttempts } from '../../users/passwords/password-attempts.js';

/** What somebody has left behind outside of their account: events, deliveries, counters. */
@Injectable()
export class Traces {
  constructor(
    private readonly audit: AuditLog,
    private readonly trail: AuditErasure,
    private readonly webhooks: WebhookErasure,
    private readonly attempts: PasswordAttempts,
  ) {}

  /** Before an erasure: what waits to be written could not be found by it. */
  writeWaiting(): Promise<void> {
    return this.audit.flush();
  }

  /** In the transaction of the erasure, of which one event remains. */
  async erase(statements: Statements, userIds: string[], erasure: Omit<AuditEntry, 'type' | 'outcome'>): Promise<void> {
    await this.trail.pseudonymise(statements, userIds);
    await this.webhooks.erase(statements, userIds);
    await this.audit.recordNow(statements, { type: 'user.erased', outcome: 'ok', ...erasure });
  }

  /** After an erasure: nobody is counted under these ids any more. */
  async forgetAttempts(userIds: string[]): Promise<void> {
    for (const userId of userIds) await this.attempts.forget(userId);
  }
}
