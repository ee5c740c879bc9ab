import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { AuditType } from '../../platform/audit/audit-types.js';
import { Database, type Statements } from '../../platform/database/database.js';
import type { Caller } from '../../platform/identity/caller.js';
import type { Client } from '../../platform/identity/client.js';
import { RecentLogin } from '../../sessions/recent/recent-login.js';
import { CredentialStore } from '../../users/credentials/credential-store.js';
import { LoginWays } from '../../users/credentials/login-ways.js';

/** Who changes how they log in, and what the audit trail is told of it. */
export interface CredentialChange {
  caller: Caller;
  client: Client;
  type: AuditType;
  detail?: Record<string, unknown>;
}

/** What is done, in the transaction; false when there was nothing to do. */
export type Change = (statements: Statements, userId: string) => Promise<boolean>;

/**
 * The rule for every change of how somebody logs in: a recent login, one change at a time, always a way left to get in,
 * and an event in the same transaction.
 */
@Injectable()
export class CredentialChanges {
  constructor(
    private readonly recent: RecentLogin,
    private readonly credentials: CredentialStore,
    private readonly ways: LoginWays,
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {}

  /**
   * The id the caller lives on under.
   * @throws ReauthenticationRequiredError, SessionEndedError, UserNotFoundError
   */
  async requireRecent(caller: Caller): Promise<string> {
    await this.recent.require(caller);
    return (await this.credentials.get(caller.userId)).userId;
  }

  /** @throws ReauthenticationRequiredError, SessionEndedError, UserNotFoundError, LastCredentialError */
  async apply({ caller, client, type, detail }: CredentialChange, change: Change): Promise<void> {
    const userId = await this.requireRecent(caller);
    await this.database.transaction(async (statements) => {
      await this.ways.lock(statements, userId);
      if (!(await change(statements, userId))) return;
      await this.ways.requireOne(statements, userId);
      const { sessionId } = caller;
      await this.audit.recordNow(statements, { type, outcome: 'ok', userId, sessionId, client, detail });
    });
  }
}
