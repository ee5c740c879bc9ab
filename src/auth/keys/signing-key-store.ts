import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { Clock } from '../../platform/clock.js';
import { Database, type Statements } from '../../platform/database/database.js';
import { isDuplicateKey } from '../../platform/database/database-errors.js';
import type { SealedColumn } from '../../platform/encryption/resealing/sealed-column.js';
import { SecretBox } from '../../platform/encryption/secret-box.js';
import { type NewSigningKey, newSigningKey } from './new-signing-key.js';
import { SigningKey } from './signing-key.entity.js';

const INSERT = `INSERT INTO signing_keys (kid, public_jwk, private_key_encrypted, state, sole_state, created_at, updated_at)
  VALUES (?, ?, ?, ?, ?, ?, ?)`;
const RETIRE = `UPDATE signing_keys SET state = 'retired', sole_state = NULL, private_key_encrypted = NULL,
  verifies_until = ?, updated_at = ? WHERE kid = ? AND state = 'signing'`;
const PROMOTE = `UPDATE signing_keys SET state = 'signing', sole_state = 'signing', updated_at = ?
  WHERE kid = ? AND state = 'published'`;
const DELETE_EXPIRED = "DELETE FROM signing_keys WHERE state = 'retired' AND verifies_until <= ?";

/** The private halves of the signing keys. */
export const SEALED_PRIVATE_KEYS: SealedColumn = {
  ...{ table: 'signing_keys', id: 'kid', column: 'private_key_encrypted' },
  ownerOf: ({ kid }) => kid as string,
};

/** The table of signing keys. That one key signs, and one at most waits to, is held by a unique index. */
@Injectable()
export class SigningKeyStore {
  constructor(
    private readonly database: Database,
    @InjectRepository(SigningKey) private readonly keys: Repository<SigningKey>,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  findAll(): Promise<SigningKey[]> {
    return this.keys.find({ order: { createdAt: 'DESC', kid: 'ASC' } });
  }

  /** Makes a key in this state; null when another process has just made one. */
  async insert(state: 'published' | 'signing', statements: Statements = this.database): Promise<NewSigningKey | null> {
    const key = newSigningKey();
    const sealed = this.secrets.seal(key.privateKey, key.kid);
    const now = this.clock.now();
    try {
      await statements.write(INSERT, [key.kid, JSON.stringify(key.publicJwk), sealed, state, state, now, now]);
      return key;
    } catch (error) {
      if (isDuplicateKey(error)) return null;
      throw error;
    }
  }

  /** Deletes the private half; the public half verifies until then. False when the key does not sign. */
  async retire(statements: Statements, kid: string, verifiesUntil: Date): Promise<boolean> {
    return (await statements.write(RETIRE, [verifiesUntil, this.clock.now(), kid])).affected === 1;
  }

  /** The key signs from now on. False when it is no longer published. */
  async promote(statements: Statements, kid: string): Promise<boolean> {
    return (await statements.write(PROMOTE, [this.clock.now(), kid])).affected === 1;
  }

  async delete(statements: Statements, kid: string): Promise<boolean> {
    return (await statements.write('DELETE FROM signing_keys WHERE kid = ?', [kid])).affected === 1;
  }

  async findKid(statements: Statements, state: 'published' | 'signing'): Promise<string | null> {
    const rows = await statements.rows<{ kid: string }>('SELECT kid FROM signing_keys WHERE sole_state = ?', [state]);
    return rows[0]?.kid ?? null;
  }

  async deleteExpired(): Promise<void> {
    await this.database.write(DELETE_EXPIRED, [this.clock.now()]);
  }
}
