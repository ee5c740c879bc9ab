import { Inject, Injectable } from '@nestjs/common';
import { createHmac } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { asDate, Database } from '../../platform/database/database.js';
import { isDuplicateKey } from '../../platform/database/database-errors.js';
import { DerivedKeys } from '../../platform/encryption/derived-keys.js';
import { SecretBox } from '../../platform/encryption/secret-box.js';
import { LOGGER } from '../../platform/observability/logger.js';
import type { WechatApp } from '../wechat.config.js';
import type { StoredToken } from './stored-token.js';

interface TokenRow {
  token_encrypted: string;
  expires_at: Date | string;
  fetched_at: Date | string;
}

const PATIENCE_MS = 500; // a call to WeChat waits no longer for the database
const FINGERPRINT_CHARACTERS = 32;

const FIND = `SELECT token_encrypted, expires_at, fetched_at FROM wechat_access_tokens
  WHERE app_id = ? AND secret_fingerprint = ?`;
const REPLACE = `UPDATE wechat_access_tokens SET token_encrypted = ?, expires_at = ?, fetched_at = ?
  WHERE app_id = ? AND secret_fingerprint = ?`;
const INSERT = `INSERT INTO wechat_access_tokens (token_encrypted, expires_at, fetched_at, app_id, secret_fingerprint)
  VALUES (?, ?, ?, ?, ?)`;
const FORGET_OLD_SECRETS = `DELETE FROM wechat_access_tokens
  WHERE app_id = ? AND secret_fingerprint <> ? AND expires_at < ?`;

/** The table in which the processes share access_tokens. A convenience: without the database each gets its own. */
@Injectable()
export class AccessTokenStore {
  private readonly fingerprintKey: Buffer;

  constructor(
    private readonly database: Database,
    private readonly secrets: SecretBox,
    keys: DerivedKeys,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.fingerprintKey = keys.derive('wechat-secret-fingerprint');
  }

  /** Names the app and the secret its token was got with. */
  keyOf({ id, secret }: WechatApp): [appId: string, fingerprint: string] {
    const digest = createHmac('sha256', this.fingerprintKey).update(secret).digest('hex');
    return [id, digest.slice(0, FINGERPRINT_CHARACTERS)];
  }

  /** What a process stored last, alive or not; null when there is none or the database does not answer. */
  find(app: WechatApp): Promise<StoredToken | null> {
    return this.patiently('read', async () => {
      const key = this.keyOf(app);
      const [row] = await this.database.rows<TokenRow>(FIND, key);
      if (!row) return null;
      const token = this.secrets.open(row.token_encrypted, ownerOf(key)).toString();
      return { token, expiresAt: asDate(row.expires_at), fetchedAt: asDate(row.fetched_at) };
    });
  }

  async save(app: WechatApp, stored: StoredToken): Promise<void> {
    await this.patiently('stored', async () => {
      const key = this.keyOf(app);
      const row = [this.secrets.seal(stored.token, ownerOf(key)), stored.expiresAt, stored.fetchedAt, ...key];
      await this.replaceOrInsert(row);
      await this.database.write(FORGET_OLD_SECRETS, [...key, stored.fetchedAt]);
      return null;
    });
  }

  private async replaceOrInsert(row: unknown[]): Promise<void> {
    const { affected } = await this.database.write(REPLACE, row);
    if (affected > 0) return;
    try {
      await this.database.write(INSERT, row);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      await this.database.write(REPLACE, row); // another process was first
    }
  }

  private async patiently<T>(what: string, work: () => Promise<T>): Promise<T | null> {
    const late = new AbortController();
    const giveUp = delay(PATIENCE_MS, undefined, { signal: late.signal, ref: false }).then(() => {
      throw new Error('the database took too long');
    });
    try {
      return await Promise.race([work(), giveUp]);
    } catch (err) {
      this.logger.warn({ err }, `an access token of WeChat could not be ${what}: this process uses one of its own`);
      return null;
    } finally {
      giveUp.catch(() => undefined);
      late.abort();
    }
  }
}

function ownerOf(key: readonly string[]): string {
  return ['wechat-access-token', ...key].join('|');
}
