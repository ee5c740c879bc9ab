import { Injectable } from '@nestjs/common';
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { DerivedKeys } from './derived-keys.js';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12; // NIST SP 800-38D, 8.2.1
const TAG_BYTES = 16;

/** The value was sealed with another APP_SECRET, for another owner, or was changed. */
export class SealBrokenError extends Error {
  constructor(reason: 'another APP_SECRET' | 'changed or moved') {
    super(`A stored secret cannot be opened: ${reason}`);
    this.name = 'SealBrokenError';
  }
}

/**
 * Keeps secrets at rest: AES-256-GCM with a derived key, written as `<key id>.<base64url of iv, tag, ciphertext>`.
 * By the key id it opens what a previous APP_SECRET has sealed.
 */
@Injectable()
export class SecretBox {
  /** What every value begins with that the secret in use has sealed. */
  readonly prefix: string;
  private readonly key: Buffer;
  private readonly keys: Map<string, Buffer>;

  constructor(keys: DerivedKeys) {
    const all = keys.deriveAll('secrets-at-rest');
    this.keys = new Map(all.map((key) => [keyIdOf(key), key]));
    this.key = keys.derive('secrets-at-rest');
    this.prefix = `${keyIdOf(this.key)}.`;
  }

  /** Encrypts `secret` for its `owner` (a text such as `appid|openid`): the value cannot be moved to another row. */
  seal(secret: string | Buffer, owner: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.key, iv).setAAD(Buffer.from(owner));
    const ciphertext = Buffer.concat([cipher.update(secret), cipher.final()]);
    return `${this.prefix}${Buffer.concat([iv, cipher.getAuthTag(), ciphertext]).toString('base64url')}`;
  }

  /** @throws SealBrokenError */
  open(sealed: string, owner: string): Buffer {
    const [keyId, encoded = ''] = sealed.split('.');
    const key = this.keys.get(keyId ?? '');
    if (!key) throw new SealBrokenError('another APP_SECRET');
    const bytes = Buffer.from(encoded, 'base64url');
    try {
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
    } catch {
      throw new SealBrokenError('changed or moved');
    }
  }
}

function keyIdOf(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8);
}
