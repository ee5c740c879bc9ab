import { Injectable } from '@nestjs/common';
import { isBanned } from '../../users/user-summary.js';
import { UserBannedError } from '../../users/users.errors.js';
import { SessionStore } from '../session-store.js';
import type { IssuedSession } from './issued-session.js';
import { RefreshTokens } from './refresh-tokens.js';
import { SessionLifetimes } from './session-lifetimes.js';

/** Writes a session's answer again for the client that lost it; nothing about the session changes. */
@Injectable()
export class SessionRepeats {
  constructor(
    private readonly store: SessionStore,
    private readonly tokens: RefreshTokens,
    private readonly lifetimes: SessionLifetimes,
  ) {}

  /**
   * The session with its current refresh token, or null when it is over.
   * @throws UserBannedError
   */
  async repeat(sessionId: string): Promise<IssuedSession | null> {
    const session = await this.store.findRefreshable(sessionId);
    const now = this.lifetimes.now();
    if (!session || session.endedAt || session.expiresAt <= now || session.absoluteExpiresAt <= now) return null;
    const { id, generation, expiresAt, absoluteExpiresAt, user } = session;
    if (isBanned(user, now)) throw new UserBannedError();
    const refreshToken = this.tokens.write({ sessionId: id, counter: generation });
    return { id, generation, refreshToken, expiresAt, absoluteExpiresAt, user };
  }
}
