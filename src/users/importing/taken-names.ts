import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Phones } from '../phones/phones.js';
import { OpenPlatforms } from '../wechat/open-platforms.js';
import type { ImportRecord } from './import-record.js';

/** Something that only one user can have. */
export interface UniqueName {
  field: keyof typeof TABLES;
  /** The mini-program of an openid, the Open Platform account of a unionid. */
  scope: string;
  value: string | Buffer;
}

const TABLES = {
  username: { table: 'users', column: 'username_key', scope: null },
  email: { table: 'users', column: 'email', scope: null },
  phone: { table: 'users', column: 'phone_hash', scope: null },
  openid: { table: 'wechat_accounts', column: 'openid', scope: 'app_id' },
  unionid: { table: 'wechat_unions', column: 'unionid', scope: 'open_platform' },
} as const;

/** Finds out which names, addresses, numbers and WeChat accounts somebody has already. */
@Injectable()
export class TakenNames {
  constructor(
    private readonly database: Database,
    private readonly phones: Phones,
    private readonly platforms: OpenPlatforms,
  ) {}

  /** What nobody but this user may have. */
  namesOf({ username, email, phone, wechat }: ImportRecord): UniqueName[] {
    const union = wechat && this.platforms.unionOf(wechat);
    const names = [
      { field: 'username', scope: '', value: username?.toLowerCase() },
      { field: 'email', scope: '', value: email },
      { field: 'phone', scope: '', value: phone && this.phones.hash(phone) },
      { field: 'openid', scope: wechat?.appId, value: wechat?.openid },
      { field: 'unionid', scope: union?.openPlatform, value: union?.unionid },
    ] as const;
    return names.filter((name): name is typeof name & UniqueName => Boolean(name.value));
  }

  /** The keys of those that somebody has: one statement for each kind of name. */
  async find(names: UniqueName[]): Promise<Set<string>> {
    const taken = new Set<string>();
    for (const alike of groupAlike(names)) {
      const { field, scope } = alike[0]!;
      const { sql, parameters } = statementFor(alike);
      const rows = await this.database.rows<{ value: string | Buffer }>(sql, parameters);
      for (const { value } of rows) taken.add(keyOf({ field, scope, value }));
    }
    return taken;
  }
}

/** Names it in a set. */
export function keyOf({ field, scope, value }: UniqueName): string {
  return `${field}|${scope}|${typeof value === 'string' ? value : Buffer.from(value).toString('hex')}`;
}

function groupAlike(names: UniqueName[]): UniqueName[][] {
  const groups = new Map<string, UniqueName[]>();
  for (const name of names) {
    const key = `${name.field}|${name.scope}`;
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups.values()];
}

function statementFor(alike: UniqueName[]): { sql: string; parameters: unknown[] } {
  const { field, scope: owner } = alike[0]!;
  const { table, column, scope } = TABLES[field];
  const places = alike.map(() => '?').join(', ');
  const values = alike.map(({ value }) => value);
  const sql = `SELECT ${column} AS value FROM ${table} WHERE ${scope ? `${scope} = ? AND ` : ''}${column} IN (${places})`;
  return { sql, parameters: scope ? [owner, ...values] : values };
}
