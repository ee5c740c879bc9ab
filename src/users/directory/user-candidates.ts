import { USER_ID } from '../dto/user-id.js';
import { isPhoneNumber } from '../phones/phone-number.js';

/** A SELECT of user ids, and what goes into its places. */
export interface IdSelect {
  sql: string;
  parameters: unknown[];
}

/** More users than this are neither counted nor paged through. */
export const FOUND_MAX = 10_000;

const USERNAME_PREFIX = /^[A-Za-z0-9]{1,20}$/;
const AFTER_Z = '{'; // the character after "z": usernames in lower case are letters and digits
const OPENID = /^[\w-]{6,64}$/;
const MAINLAND_CHINA = /^1\d{10}$/;

/** Who may be meant by what somebody typed into a search field: each way is a look into an index. */
export function candidatesFor(query: string, appIds: string[]): IdSelect[] {
  const selects: IdSelect[] = [];
  if (USER_ID.test(query))
    selects.push({ sql: 'SELECT COALESCE(merged_into, id) AS id FROM users WHERE id = ?', parameters: [query] });
  if (USERNAME_PREFIX.test(query)) selects.push(byUsernamePrefix(query.toLowerCase()));
  if (query.includes('@'))
    selects.push({ sql: 'SELECT id FROM users WHERE email = ?', parameters: [query.toLowerCase()] });
  if (OPENID.test(query) && appIds.length) selects.push(byOpenid(query, appIds));
  return selects;
}

/** The whole phone number that was typed, in E.164: as WeChat shows it or with its country code; null for none. */
export function phoneNumberIn(query: string): string | null {
  const digits = query.replace(/[\s-]/g, '');
  const phoneNumber = MAINLAND_CHINA.test(digits) ? `+86${digits}` : digits;
  return isPhoneNumber(phoneNumber) ? phoneNumber : null;
}

/** One list of ids from several selects, each id once. */
export function unionOf(selects: IdSelect[]): IdSelect {
  return {
    sql: selects.map(({ sql }) => sql).join(' UNION '),
    parameters: selects.flatMap(({ parameters }) => parameters),
  };
}

function byUsernamePrefix(prefix: string): IdSelect {
  const sql = `SELECT id FROM (SELECT id FROM users WHERE username_key >= ? AND username_key < ?
    ORDER BY username_key LIMIT ${FOUND_MAX}) named`;
  return { sql, parameters: [prefix, `${prefix}${AFTER_Z}`] };
}

function byOpenid(openid: string, appIds: string[]): IdSelect {
  const places = appIds.map(() => '?').join(', ');
  const sql = `SELECT user_id AS id FROM wechat_accounts WHERE app_id IN (${places}) AND openid = ?`;
  return { sql, parameters: [...appIds, openid] };
}
