import { AUDIT_TYPES } from '../audit/audit-types.js';

/** Stands for every type of event there is and will be. */
export const ALL_TYPES = '*';

/** What a webhook may subscribe to. */
export const SUBSCRIBABLE: string[] = [ALL_TYPES, ...Object.keys(AUDIT_TYPES)];

/** Of a delivery that only asks whether the receiver is there. */
export const PING = 'webhook.ping';
