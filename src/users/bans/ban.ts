import type { UserSummary } from '../user-summary.js';
import { isBanned } from '../user-summary.js';
import { UserBannedError } from '../users.errors.js';

/** What stands in `banned_until` of somebody who is banned for good. */
export const FOREVER = new Date('9999-12-31T23:59:59.999Z');

/**
 * Refuses somebody who is banned, and says why and until when: whoever gets here has proved who they are.
 * @throws UserBannedError
 */
export function requireNotBanned(user: UserSummary, now: Date): void {
  if (isBanned(user, now)) throw new UserBannedError({ detail: explain(user) });
}

/** The user with the ban that is in force; one whose time is over is none. */
export function withBanInForce(user: UserSummary, now: Date): UserSummary {
  return isBanned(user, now) ? user : { ...user, bannedUntil: null, banReason: null };
}

function explain({ banReason, bannedUntil }: UserSummary) {
  const zh = banReason ? `封禁原因：${banReason}；` : '';
  const en = banReason ? `Reason: ${banReason}; ` : '';
  if (bannedUntil === null || bannedUntil >= FOREVER) return { zh: `${zh}永久封禁`, en: `${en}banned for good` };
  return {
    zh: `${zh}解封时间：${beijingTime(bannedUntil)}（北京时间）`,
    en: `${en}until ${minuteOf(bannedUntil)} UTC`,
  };
}

const BEIJING_AHEAD_MS = 8 * 3600 * 1000; // no summer time

function beijingTime(time: Date): string {
  return minuteOf(new Date(time.getTime() + BEIJING_AHEAD_MS));
}

function minuteOf(time: Date): string {
  return time.toISOString().slice(0, 16).replace('T', ' ');
}
