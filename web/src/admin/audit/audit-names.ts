import { AUDIT_TYPES } from '../../../../src/platform/audit/audit-types.js';
import type { Language } from '../../i18n/i18n.js';

// Whether it was let in stands in a column of its own.
const LOGIN = { zh: '登录', en: 'A login' };

/** The server's own list of what it notes, with what it means. */
export function auditNames(language: Language): Record<string, string> {
  const all = Object.entries({ ...AUDIT_TYPES, login: LOGIN });
  return Object.fromEntries(all.map(([type, meaning]) => [type, meaning[language]]));
}
