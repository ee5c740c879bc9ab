import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../../platform/clock.js';
import type { Caller } from '../../platform/identity/caller.js';
import { SigningKeys } from '../keys/signing-keys.js';
import { headerOf } from './token-header.js';

/** A token whose signature and claims were found good. */
export interface VerifiedToken {
  caller: Caller;
  expiresAtSeconds: number;
}

interface RememberedToken extends VerifiedToken {
  kid: string;
}

const REMEMBERED_TOKENS = 20_000; // about half a kilobyte each

/**
 * Spares the second and later requests of a token the signature check (some 0.15 ms). The key is the whole token, and
 * a token is forgotten when it expires or its signing key is gone; whether its session has ended is asked every time,
 * elsewhere.
 */
@Injectable()
export class VerifiedTokens {
  private readonly tokens = new LRUCache<string, RememberedToken>({ max: REMEMBERED_TOKENS });

  constructor(
    private readonly clock: Clock,
    private readonly keys: SigningKeys,
  ) {}

  find(token: string): Caller | null {
    const verified = this.tokens.get(token);
    if (!verified) return null;
    const isGood = verified.expiresAtSeconds > this.clock.nowSeconds() && this.keys.accepts(verified.kid);
    if (isGood) return verified.caller;
    this.tokens.delete(token);
    return null;
  }

  remember(token: string, verified: VerifiedToken): Caller {
    const kid = headerOf(token)?.kid;
    if (kid) this.tokens.set(token, { ...verified, kid });
    return verified.caller;
  }
}
