import { AUDIT_TYPES, type AuditType } from '../../platform/audit/audit-types.js';
import type { PersonalField } from '../../users/erasure/user-erasure.js';

/** What an event asks of the account it is about. */
export interface PushPlan {
  erases: PersonalField[];
  /** Ends every session and forgets the WeChat account. */
  closesAccount: boolean;
}

// Codes of RevokeInfo; the others (address, location, camera …) name data this server never holds.
const FIELDS_BY_CODE: Record<number, PersonalField[]> = {
  6: ['nickname', 'avatar'],
  8: ['phone'],
  16: ['email'],
  19: ['nickname'],
  20: ['avatar'],
};

const PLANS: Record<string, (revoked: number[]) => PushPlan> = {
  user_info_modified: () => ({ erases: ['nickname', 'avatar'], closesAccount: false }),
  user_authorization_revoke: (revoked) => ({ erases: fieldsOf(revoked), closesAccount: false }),
  user_authorization_cancellation: () => ({ erases: ['nickname', 'avatar', 'phone'], closesAccount: true }),
};

/** True for the events this server does something about. */
export function isActedOn(event: string | null): event is string {
  return event !== null && Object.hasOwn(PLANS, event);
}

/** @throws Error for an event that is not acted on */
export function planFor(event: string, revoked: number[]): PushPlan {
  const plan = PLANS[event];
  if (!plan) throw new Error('There is no plan for this event');
  return plan(revoked);
}

/** How the audit trail names an event that is acted on. */
export function auditTypeOf(event: string): AuditType {
  const type = `wechat.${event}`;
  if (!isAuditType(type)) throw new Error(`docs/audit.md does not know ${type}`);
  return type;
}

function isAuditType(type: string): type is AuditType {
  return Object.hasOwn(AUDIT_TYPES, type);
}

function fieldsOf(revoked: number[]): PersonalField[] {
  return [...new Set(revoked.flatMap((code) => FIELDS_BY_CODE[code] ?? []))];
}
