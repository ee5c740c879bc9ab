import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { Statements } from '../../platform/database/database.js';
import type { GoneSession } from '../../sessions/erasure/session-erasure.js';
import { SessionEndings } from '../../sessions/session-endings.js';
import { UserErasure } from '../../users/erasure/user-erasure.js';
import { AccountErasure } from '../personal-data/account-erasure.js';
import { type DueEvent, PushEventStore } from './push-event-store.js';
import { auditTypeOf, planFor, type PushPlan } from './push-plans.js';
import type { AccountTask } from './push-task.js';

interface Act {
  event: DueEvent;
  userId: string;
  openid: string;
  plan: PushPlan;
}

/**
 * Does what WeChat's events ask for. What is erased is erased in the transaction that marks the event done, so it
 * happens once; sessions are ended before it, which may safely happen twice.
 */
@Injectable()
export class PushEventActs {
  constructor(
    private readonly store: PushEventStore,
    private readonly erasure: UserErasure,
    private readonly endings: SessionEndings,
    private readonly audit: AuditLog,
    private readonly accounts: AccountErasure,
  ) {}

  /** @param event claimed by this process */
  async perform(event: DueEvent): Promise<void> {
    const task = this.store.readTask(event);
    if (task.kind === 'user') await this.eraseUser(event, task.userId);
    else await this.performOnAccount(event, task);
  }

  private async performOnAccount(event: DueEvent, { openid, revoked }: AccountTask): Promise<void> {
    const plan = planFor(event.event, revoked);
    const userId = await this.erasure.findWechatUser({ appId: event.appId, openid });
    if (userId) await this.performOnUser({ event, userId, openid, plan }, revoked);
    else if (await this.store.finish(event, nothing)) this.note(event, { isUserKnown: false, revoked });
  }

  private async performOnUser(act: Act, revoked: number[]): Promise<void> {
    const { event, userId, plan } = act;
    if (plan.closesAccount) await this.endings.endAll(userId, { reason: 'wechat_cancelled' });
    const isOurs = await this.store.finish(event, (statements) => this.erase(act, statements));
    if (isOurs) this.note(event, { erased: plan.erases, revoked }, userId);
  }

  private async erase({ event, userId, openid, plan }: Act, statements: Statements): Promise<void> {
    await this.erasure.eraseFields(userId, plan.erases, statements);
    if (!plan.closesAccount) return;
    const account = { appId: event.appId, openid };
    const isUnreachable = await this.erasure.eraseWechatAccount(account, userId, statements);
    if (isUnreachable) await this.eraseUserLater(event, userId, statements);
  }

  // Deleting the user deletes their sessions, from whose rows other processes learn that they have ended.
  private eraseUserLater(event: DueEvent, userId: string, statements: Statements): Promise<void> {
    const at = this.endings.neededUntil();
    return this.store.schedule(event, { task: { kind: 'user', userId }, at }, statements);
  }

  private async eraseUser(event: DueEvent, userId: string): Promise<void> {
    let gone: GoneSession[] | null = null;
    await this.audit.flush();
    const isOurs = await this.store.finish(event, async (statements) => {
      gone = await this.accounts.eraseUnreachable(statements, userId, { appId: event.appId });
    });
    if (isOurs && gone) await this.accounts.finish([userId], gone);
  }

  private note({ appId, event }: DueEvent, detail: Record<string, unknown>, userId?: string): void {
    this.audit.record({ type: auditTypeOf(event), outcome: 'ok', userId, detail: { appId, ...detail } });
  }
}

async function nothing(): Promise<void> {}
