import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock.js';
import { asDate, Database, type Statements } from '../../platform/database/database.js';
import type { Client } from '../../platform/identity/client.js';
import { UserIds } from '../erasure/user-ids.js';

/** One version of one policy. */
export interface PolicyVersion {
  policy: string;
  version: string;
}

/** That somebody agreed to it, and until when. */
export interface GivenConsent extends PolicyVersion {
  givenAt: Date;
  withdrawnAt: Date | null;
}

interface ConsentRow extends PolicyVersion {
  given_at: Date | string;
  withdrawn_at: Date | string | null;
}

const LISTED_MAX = 100;
const LOCK_USER = 'UPDATE users SET updated_at = ? WHERE id = ?';
export const FIND_CONSENTS = `SELECT policy, version, given_at, withdrawn_at FROM consents WHERE user_id = ?
  ORDER BY id DESC LIMIT ${LISTED_MAX}`;
const FIND_IN_FORCE = 'SELECT version FROM consents WHERE user_id = ? AND policy = ? AND withdrawn_at IS NULL';
const GIVE = `INSERT INTO consents (user_id, policy, version, given_at, created_at, updated_at)
  VALUES (?, ?, ?, ?, ?, ?)`;
const WITHDRAW = `UPDATE consents SET withdrawn_at = ?, updated_at = ?
  WHERE user_id = ? AND policy = ? AND withdrawn_at IS NULL`;

/** What people have agreed to. Nothing is overwritten: who agrees to a new version has agreed to the old one too. */
@Injectable()
export class Consents {
  constructor(
    private readonly database: Database,
    private readonly ids: UserIds,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async list(userId: string): Promise<GivenConsent[]> {
    const [id] = await this.ids.allOf(userId);
    const rows = await this.database.rows<ConsentRow>(FIND_CONSENTS, [id]);
    return rows.map(({ policy, version, given_at: givenAt, withdrawn_at: withdrawnAt }) => {
      return {
        policy,
        version,
        givenAt: asDate(givenAt),
        withdrawnAt: withdrawnAt === null ? null : asDate(withdrawnAt),
      };
    });
  }

  /** Agreeing again to what is in force changes nothing. */
  async give(userId: string, { policy, version }: PolicyVersion, client: Client): Promise<void> {
    await this.change(userId, { policy, version, given: true }, client, async (statements, id) => {
      const inForce = await statements.rows<{ version: string }>(FIND_IN_FORCE, [id, policy]);
      if (inForce.some((row) => row.version === version)) return false;
      const now = this.clock.now();
      await statements.write(GIVE, [id, policy, version, now, now, now]);
      return true;
    });
  }

  /** Takes back every version of the policy; one that was never agreed to stays so. */
  async withdraw(userId: string, policy: string, client: Client): Promise<void> {
    await this.change(userId, { policy, given: false }, client, async (statements, id) => {
      const now = this.clock.now();
      return (await statements.write(WITHDRAW, [now, now, id, policy])).affected > 0;
    });
  }

  private async change(
    userId: string,
    detail: { policy: string; version?: string; given: boolean },
    client: Client,
    change: (statements: Statements, userId: string) => Promise<boolean>,
  ): Promise<void> {
    const [id] = await this.ids.allOf(userId);
    await this.database.transaction(async (statements) => {
      await statements.write(LOCK_USER, [this.clock.now(), id]);
      if (!(await change(statements, id))) return;
      await this.audit.recordNow(statements, { type: 'consent.recorded', outcome: 'ok', userId: id, client, detail });
    });
  }
}
