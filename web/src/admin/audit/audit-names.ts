import { AUDIT_TYPES } from '../../../../src/platform/audit/audit-types.js';
import type { Language } from '../../i18n/i18n.js';

/** The server's own list of what it notes, with what it means. */
export function auditNames(language: Language): Record<string, string> {
  return Object.fromEntries(Object.entries(AUDIT_TYPES).map(([type, meaning]) => [type, meaning[language]]));
}
