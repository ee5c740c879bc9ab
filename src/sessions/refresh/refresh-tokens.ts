import { Injectable } from '@nestjs/common';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { parse, stringify } from 'uuid';
import { DerivedKeys } from '../../platform/encryption/derived-keys.js';

/** What a genuine refresh token says. */
export interface RefreshTokenContent {
  sessionId: string;
  counter: number;
}

const PREFIX = 'wxr1_'; // lets secret scanners and people recognise it; 1 is the format's version
const ID_BYTES = 16;
const COUNTER_BYTES = 4;
const CONTENT_BYTES = ID_BYTES + COUNTER_BYTES;
const MAC_BYTES = 32;

/**
 * Refresh tokens are session id and counter under a keyed MAC. Every process can therefore write the same token again
 * for a client that lost the answer, and no token need be stored.
 */
@Injectable()
export class RefreshTokens {
  private readonly key: Buffer;
  /** Of every secret that is accepted while APP_SECRET is replaced. */
  private readonly keys: Buffer[];

  constructor(keys: DerivedKeys) {
    this.key = keys.derive('refresh-token');
    this.keys = keys.deriveAll('refresh-token');
  }

  write(content: RefreshTokenContent): string {
    return writeWith(this.key, content);
  }

  /** Null for anything this server did not write. */
  read(token: string): RefreshTokenContent | null {
    const bytes = token.startsWith(PREFIX) ? Buffer.from(token.slice(PREFIX.length), 'base64url') : Buffer.alloc(0);
    if (bytes.length !== CONTENT_BYTES + MAC_BYTES) return null;
    const content = bytes.subarray(0, CONTENT_BYTES);
    const key = this.keys.find((each) => timingSafeEqual(bytes.subarray(CONTENT_BYTES), macOf(each, content)));
    if (!key) return null;
    const genuine = { sessionId: stringify(content.subarray(0, ID_BYTES)), counter: content.readUInt32BE(ID_BYTES) };
    return writeWith(key, genuine) === token ? genuine : null; // base64url has more than one spelling; we write one
  }

  /** What the session row keeps of its current token. */
  hash(token: string): Buffer {
    return createHash('sha256').update(token).digest();
  }

  /** Is this the hash of the token with this content, by whichever accepted secret it was written? */
  isHashOf(hash: Buffer, content: RefreshTokenContent): boolean {
    return this.keys.some((key) => timingSafeEqual(hash, this.hash(writeWith(key, content))));
  }
}

function writeWith(key: Buffer, { sessionId, counter }: RefreshTokenContent): string {
  const content = Buffer.alloc(CONTENT_BYTES);
  content.set(parse(sessionId));
  content.writeUInt32BE(counter, ID_BYTES);
  return PREFIX + Buffer.concat([content, macOf(key, content)]).toString('base64url');
}

function macOf(key: Buffer, content: Buffer): Buffer {
  return createHmac('sha256', key).update(content).digest();
}
