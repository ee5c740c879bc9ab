import { asDate } from '../../platform/database/database.js';
import type { FieldProblem, Localized } from '../../platform/errors/app-error.js';

/** A user's own row, as far as a merge looks at it. */
export interface MergeRow {
  id: string | number;
  merged_into: string | number | null;
  username: string | null;
  username_key: string | null;
  password_hash: string | null;
  password_changed_at: Date | string | null;
  email: string | null;
  phone_hash: Buffer | null;
  nickname: string | null;
  avatar_url: string | null;
  role: string;
  banned_until: Date | string | null;
  ban_reason: string | null;
}

const UNIQUE_OF_A_USER = {
  username: 'username',
  password: 'password_hash',
  email: 'email',
  phone: 'phone_hash',
} as const;
const BOTH_HAVE: Localized = {
  zh: '两个账号都有此项，请先移除其一',
  en: 'both users have one: remove one of them first',
};
const DIFFERS: Localized = {
  zh: '两个账号的角色不同，请先改为相同',
  en: 'the users differ in it: make it the same first',
};

/** Why two users cannot become one: nothing that a person may still need is dropped, and nobody gains a role by it. */
export function conflictsBetween(from: MergeRow, into: MergeRow): FieldProblem[] {
  const both = Object.entries(UNIQUE_OF_A_USER)
    .filter(([, column]) => from[column] !== null && into[column] !== null)
    .map(([field]) => ({ field, code: 'bothHave', message: BOTH_HAVE }));
  return from.role === into.role ? both : [...both, { field: 'role', code: 'differs', message: DIFFERS }];
}

const OWN_FIRST = [
  'username',
  'username_key',
  'password_hash',
  'password_changed_at',
  'email',
  'nickname',
  'avatar_url',
];
const OF_THE_LATER_BAN = ['banned_until', 'ban_reason'];

/** The columns of the survivor that a merge may fill. */
export const MERGED_COLUMNS = [...OWN_FIRST, ...OF_THE_LATER_BAN] as (keyof MergeRow)[];

/** What MERGED_COLUMNS say afterwards: the survivor's own words first, and the longer ban of the two. */
export function mergedValues(from: MergeRow, into: MergeRow): unknown[] {
  const banned = bannedUntil(from) > bannedUntil(into) ? from : into;
  return MERGED_COLUMNS.map((column) =>
    OF_THE_LATER_BAN.includes(column) ? banned[column] : (into[column] ?? from[column]),
  );
}

function bannedUntil({ banned_until: date }: MergeRow): number {
  return date === null ? 0 : asDate(date).getTime();
}
