import { Injectable } from '@nestjs/common';
import { createHmac } from 'node:crypto';
import { Clock } from '../../platform/clock.js';
import { Database, type Statements } from '../../platform/database/database.js';
import { isDuplicateKey } from '../../platform/database/database-errors.js';
import { DerivedKeys } from '../../platform/encryption/derived-keys.js';
import type { SealedColumn } from '../../platform/encryption/resealing/sealed-column.js';
import { SecretBox } from '../../platform/encryption/secret-box.js';
import { survivor } from '../merging/survivor.js';
import { readUser, type UserRow, type UserSummary, userColumns } from '../user-summary.js';
import { PhoneTakenError } from '../users.errors.js';
import { isPhoneNumber, maskPhoneNumber } from './phone-number.js';

/** A number that WeChat has verified. */
export interface Phone {
  /** In E.164, such as `+8613800000001`. */
  phoneNumber: string;
}

const HASHED_WITH = 'phone-hash';
export const FIND_BY_PHONE = `SELECT ${userColumns('u')} FROM users u WHERE u.phone_hash = ?`;
const FIND_SEALED = `SELECT u.id, u.phone_encrypted FROM users u WHERE u.id = ${survivor()}`;
const SET_PHONE = `UPDATE users SET phone_encrypted = ?, phone_hash = ?, phone_masked = ?, updated_at = ?
  WHERE id = ? AND merged_into IS NULL`;

/** Phone numbers: sealed for their user, unique by a keyed hash, shown only masked. */
@Injectable()
export class Phones {
  /** Of the secret in use and of each that is still accepted. */
  private readonly hashKeys: Buffer[];

  constructor(
    private readonly database: Database,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
    keys: DerivedKeys,
  ) {
    this.hashKeys = keys.deriveAll(HASHED_WITH);
  }

  async findUser({ phoneNumber }: Phone): Promise<UserSummary | null> {
    return this.findAmong(this.database, this.hashKeys, phoneNumber);
  }

  /**
   * Gives the user this number in place of the one they had; alone or in a transaction of the caller's.
   * @throws PhoneTakenError
   */
  async set(user: UserSummary, { phoneNumber }: Phone, statements: Statements = this.database): Promise<UserSummary> {
    return { ...user, phone: await this.write(statements, user.id, phoneNumber) };
  }

  /** Seals one user's number for another: a sealed value opens only for the user it was sealed for. */
  async move(statements: Statements, { from, into }: { from: string; into: string }): Promise<void> {
    const phoneNumber = await this.findNumber(from, statements);
    if (phoneNumber === null) return;
    await statements.write(SET_PHONE, [null, null, null, this.clock.now(), from]);
    await this.write(statements, into, phoneNumber);
  }

  /** The whole number, in E.164: for nobody but its owner. */
  async findNumber(userId: string, statements: Statements = this.database): Promise<string | null> {
    const [row] = await statements.rows<{ id: string | number; phone_encrypted: string | null }>(FIND_SEALED, [userId]);
    return row?.phone_encrypted ? this.secrets.open(row.phone_encrypted, ownerOf(String(row.id))).toString() : null;
  }

  /** What makes a number unique, and finds it. */
  hash(phoneNumber: string): Buffer {
    return hashOf(this.hashKeys[0]!, phoneNumber);
  }

  private async write(statements: Statements, userId: string, phoneNumber: string): Promise<string> {
    if (!isPhoneNumber(phoneNumber)) throw new Error('A phone number is not in E.164');
    const [hashKey, ...others] = this.hashKeys as [Buffer, ...Buffer[]];
    const holder = await this.findAmong(statements, others, phoneNumber); // whom the unique index does not know
    if (holder && holder.id !== userId) throw new PhoneTakenError();
    const masked = maskPhoneNumber(phoneNumber);
    const sealed = this.secrets.seal(phoneNumber, ownerOf(userId));
    const values = [sealed, hashOf(hashKey, phoneNumber), masked, this.clock.now(), userId];
    const { affected } = await statements.write(SET_PHONE, values).catch((error: unknown) => {
      throw isDuplicateKey(error) ? new PhoneTakenError({ cause: error }) : error;
    });
    if (affected !== 1) throw new Error('A phone number was given to a user that has just been merged or deleted');
    return masked;
  }

  private async findAmong(statements: Statements, keys: Buffer[], phoneNumber: string): Promise<UserSummary | null> {
    for (const key of keys) {
      const [row] = await statements.rows<UserRow>(FIND_BY_PHONE, [hashOf(key, phoneNumber)]);
      if (row) return readUser(row);
    }
    return null;
  }
}

/** Of the users' phone numbers; with the secret their hash is made anew. */
export const SEALED_PHONES: SealedColumn = {
  ...{ table: 'users', id: 'id', column: 'phone_encrypted' },
  ownerOf: ({ id }) => ownerOf(String(id)),
  alongside: (secret, keys) => ({ phone_hash: hashOf(keys.derive(HASHED_WITH), secret.toString()) }),
};

function hashOf(key: Buffer, phoneNumber: string): Buffer {
  return createHmac('sha256', key).update(phoneNumber).digest();
}

function ownerOf(userId: string): string {
  return `phone|${userId}`;
}
