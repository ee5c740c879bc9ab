import { asDate } from '../platform/database/database.js';
import type { Role } from '../platform/identity/caller.js';

/** What the rest of the server may know about a user. */
export interface UserSummary {
  id: string;
  username: string | null;
  nickname: string | null;
  avatarUrl: string | null;
  email: string | null;
  /** Masked. */
  phone: string | null;
  role: Role;
  createdAt: Date;
  bannedUntil: Date | null;
  banReason: string | null;
}

export interface UserRow {
  user_id: string | number;
  user_username: string | null;
  user_nickname: string | null;
  user_avatar_url: string | null;
  user_email: string | null;
  user_phone_masked: string | null;
  user_role: Role;
  user_created_at: Date | string;
  user_banned_until: Date | string | null;
  user_ban_reason: string | null;
}

const COLUMNS = [
  'id',
  'username',
  'nickname',
  'avatar_url',
  'email',
  'phone_masked',
  'role',
  'created_at',
  'banned_until',
  'ban_reason',
];

/** The columns of a UserSummary in a written-out SELECT, for a table `users` named `alias`. */
export function userColumns(alias: string): string {
  return COLUMNS.map((column) => `${alias}.${column} AS user_${column}`).join(', ');
}

export function readUser(row: UserRow): UserSummary {
  return {
    id: String(row.user_id),
    username: row.user_username,
    nickname: row.user_nickname,
    avatarUrl: row.user_avatar_url,
    email: row.user_email,
    phone: row.user_phone_masked,
    role: row.user_role,
    createdAt: asDate(row.user_created_at),
    bannedUntil: row.user_banned_until === null ? null : asDate(row.user_banned_until),
    banReason: row.user_ban_reason,
  };
}

/** Someone who was made a moment ago and has nothing but what is given. */
export function newUser(id: string, createdAt: Date, known: Partial<UserSummary> = {}): UserSummary {
  const nothing = { username: null, nickname: null, avatarUrl: null, email: null, phone: null };
  return { id, ...nothing, bannedUntil: null, banReason: null, role: 'user', createdAt, ...known };
}

export function isBanned({ bannedUntil }: UserSummary, now: Date): boolean {
  return bannedUntil !== null && bannedUntil > now;
}
