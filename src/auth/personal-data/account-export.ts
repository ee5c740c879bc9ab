import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock.js';
import { type CollectedData, PersonalData } from '../../platform/data-map/personal-data.js';
import { Database } from '../../platform/database/database.js';
import type { Client } from '../../platform/identity/client.js';
import { Phones } from '../../users/phones/phones.js';

/** Everything that is stored about one person. */
export interface AccountData extends CollectedData {
  userId: string;
  exportedAt: Date;
  /** The whole number, in E.164. */
  phoneNumber: string | null;
}

/** Gives people everything that is stored about them. */
@Injectable()
export class AccountExport {
  constructor(
    private readonly data: PersonalData,
    private readonly phones: Phones,
    private readonly audit: AuditLog,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @param userIds of one person, the one they live on under first
   * @param by whoever asked: the admin, or the address of the person themselves
   */
  async export(userIds: [string, ...string[]], by: { actorId?: string; client?: Client }): Promise<AccountData> {
    const [userId] = userIds;
    await this.audit.flush();
    const collected = await this.data.collect(userIds);
    const phoneNumber = await this.phones.findNumber(userId);
    await this.audit.recordNow(this.database, { type: 'user.exported', outcome: 'ok', userId, ...by });
    return { userId, exportedAt: this.clock.now(), phoneNumber, ...collected };
  }
}
