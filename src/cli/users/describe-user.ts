import type { UserSummary } from '../../users/user-summary.js';

/** A user as an operator recognises them. */
export function describeUser({ id, username, email, phone }: UserSummary): string {
  return [id, username, email, phone].filter(Boolean).join(' · ');
}
