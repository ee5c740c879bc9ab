import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { AuditType } from '../../platform/audit/audit-types.js';
import { Database, type Statements } from '../../platform/database/database.js';
import { KeySchedule } from './key-schedule.js';
import { SigningKeyStore } from './signing-key-store.js';

/** The steps in the life of a signing key, each one transaction with its audit event; of many at once one wins. */
@Injectable()
export class KeyChanges {
  constructor(
    private readonly database: Database,
    private readonly store: SigningKeyStore,
    private readonly audit: AuditLog,
    private readonly schedule: KeySchedule,
  ) {}

  /** Nothing happens when a key is published already. */
  async publish(): Promise<void> {
    if (await this.store.findKid(this.database, 'published')) return;
    await this.database.transaction(async (statements) => {
      const key = await this.store.insert('published', statements);
      if (key) await this.tell(statements, 'key.published', key.kid);
    });
  }

  /** Puts the published key in place of the one that signs, whose private half is deleted. */
  async replace(signingKid: string, publishedKid: string): Promise<void> {
    await this.database.transaction(async (statements) => {
      const verifiesUntil = this.schedule.verifiesUntil();
      if (!(await this.store.retire(statements, signingKid, verifiesUntil))) return;
      await this.tell(statements, 'key.retired', signingKid, { verifiesUntil });
      await this.appoint(statements, publishedKid);
    });
  }

  /** Deletes the key; when it was the one that signs, another takes its place. False when there is no such key. */
  async revoke(kid: string): Promise<boolean> {
    return this.database.transaction(async (statements) => {
      if (!(await this.store.delete(statements, kid))) return false;
      await this.tell(statements, 'key.revoked', kid);
      if (!(await this.store.findKid(statements, 'signing')))
        await this.appoint(statements, await this.store.findKid(statements, 'published'));
      return true;
    });
  }

  // Never without a key: when the published one is not there any more, a new one signs at once.
  private async appoint(statements: Statements, publishedKid: string | null): Promise<void> {
    const isPromoted = publishedKid !== null && (await this.store.promote(statements, publishedKid));
    const kid = isPromoted ? publishedKid : (await this.store.insert('signing', statements))?.kid;
    if (kid) await this.tell(statements, 'key.signing', kid);
  }

  private async tell(statements: Statements, type: AuditType, kid: string, more: object = {}): Promise<void> {
    await this.audit.recordNow(statements, { type, outcome: 'ok', detail: { kid, ...more } });
  }
}
