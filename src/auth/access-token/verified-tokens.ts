import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../../platform/clock.js';
import type { Caller } from '../../platform/identity/caller.js';

/** A token whose signature and claims were found good. */
export interface VerifiedToken {
  caller: Caller;
  expiresAtSeconds: number;
}

const REMEMBERED_TOKENS = 20_000; // about half a kilobyte each

/**
 * Spares the second and later requests of a token the signature check (some 0.15 ms). The key is the whole token, and
 * a token is forgotten when it expires; whether its session has ended is asked every time, elsewhere.
 */
@Injectable()
export class VerifiedTokens {
  private readonly tokens = new LRUCache<string, VerifiedToken>({ max: REMEMBERED_TOKENS });

  constructor(private readonly clock: Clock) {}

  find(token: string): Caller | null {
    const verified = this.tokens.get(token);
    if (!verified) return null;
    if (verified.expiresAtSeconds > this.clock.nowSeconds()) return verified.caller;
    this.tokens.delete(token);
    return null;
  }

  remember(token: string, verified: VerifiedToken): Caller {
    this.tokens.set(token, verified);
    return verified.caller;
  }
}
