import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { PasswordAttempts } from '../../users/passwords/password-attempts.js';
import { actorOf, type UserAct } from './user-act.js';

/** Lets somebody try their password again who has to wait after failed logins. */
@Injectable()
export class UserUnlocking {
  constructor(
    private readonly attempts: PasswordAttempts,
    private readonly audit: AuditLog,
  ) {}

  /** Nothing happens to somebody who does not have to wait; a wait of their network stays. */
  async unlock({ userId, by }: UserAct): Promise<void> {
    await this.attempts.forget(userId);
    this.audit.record({ type: 'user.unlocked', outcome: 'ok', userId, ...actorOf(by) });
  }
}
