import { Injectable } from '@nestjs/common';
import { createHmac } from 'node:crypto';
import { Clock } from '../../platform/clock.js';
import { Database, type Statements } from '../../platform/database/database.js';
import { DerivedKeys } from '../../platform/encryption/derived-keys.js';
import { Phones } from '../phones/phones.js';
import { newUser } from '../user-summary.js';
import { WechatStore } from '../wechat/wechat-store.js';
import type { ImportRecord } from './import-record.js';

const INSERT_USER = `INSERT INTO users (username, username_key, password_hash, password_changed_at, email, nickname,
  role, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
export const FIND_OLD_LINES = 'SELECT fingerprint FROM user_imports WHERE created_at < ? ORDER BY created_at LIMIT ?';
export const FIND_LINES = (count: number): string =>
  `SELECT fingerprint FROM user_imports WHERE fingerprint IN (${places(count)})`;

/** Writes users who come from another system, and remembers the lines they came from. */
@Injectable()
export class ImportStore {
  private readonly key: Buffer;

  constructor(
    private readonly database: Database,
    private readonly phones: Phones,
    private readonly wechat: WechatStore,
    private readonly clock: Clock,
    keys: DerivedKeys,
  ) {
    this.key = keys.derive('user-imports');
  }

  /** Names a line by everything that makes its user who they are. */
  fingerprintOf({ username, email, phone, password, wechat }: ImportRecord): Buffer {
    const identity = [
      username?.toLowerCase(),
      email,
      phone,
      password?.hash,
      password?.salt,
      wechat?.appId,
      wechat?.openid,
    ];
    return createHmac('sha256', this.key)
      .update(JSON.stringify(identity.map((value) => value ?? null)))
      .digest();
  }

  /** Of these lines, in hexadecimal, those that were imported before. */
  async findImported(fingerprints: Buffer[]): Promise<Set<string>> {
    const rows = await this.database.rows<{ fingerprint: Buffer }>(FIND_LINES(fingerprints.length), fingerprints);
    return new Set(rows.map(({ fingerprint }) => Buffer.from(fingerprint).toString('hex')));
  }

  async remember(statements: Statements, fingerprints: Buffer[]): Promise<void> {
    const now = this.clock.now();
    const rows = fingerprints.map(() => '(?, ?)').join(', ');
    const sql = `INSERT INTO user_imports (fingerprint, created_at) VALUES ${rows}`;
    await statements.write(
      sql,
      fingerprints.flatMap((fingerprint) => [fingerprint, now]),
    );
  }

  /** Deletes at most `limit` lines that were imported before then, the oldest first, and says how many it found. */
  async forgetBefore(horizon: Date, limit: number): Promise<number> {
    const rows = await this.database.rows<{ fingerprint: Buffer }>(FIND_OLD_LINES, [horizon, limit]);
    if (!rows.length) return 0;
    await this.database.write(
      `DELETE FROM user_imports WHERE fingerprint IN (${places(rows.length)})`,
      rows.map(({ fingerprint }) => fingerprint),
    );
    return rows.length;
  }

  /** @throws PhoneTakenError, and a duplicate key when somebody else has the name, the address or the WeChat account */
  async insert(statements: Statements, record: ImportRecord, passwordHash: string | null): Promise<void> {
    const now = this.clock.now();
    const { username = null, email = null, nickname = null, phone, wechat } = record;
    const changedAt = passwordHash === null ? null : now;
    const values = [
      username,
      username?.toLowerCase() ?? null,
      passwordHash,
      changedAt,
      email,
      nickname,
      'user',
      now,
      now,
    ];
    const { insertId: id } = await statements.write(INSERT_USER, values);
    if (phone) await this.phones.set(newUser(id, now), { phoneNumber: phone }, statements);
    if (!wechat) return;
    await this.wechat.insertUnion(id, wechat, statements);
    await this.wechat.insertKnown(id, wechat, statements);
  }
}

function places(count: number): string {
  return Array(count).fill('?').join(', ');
}
