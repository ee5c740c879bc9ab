import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { isBanned } from '../../users/user-summary.js';
import { decideRefresh } from '../refresh/refresh-rules.js';
import { RefreshTokens } from '../refresh/refresh-tokens.js';
import { type RefreshableSession, SessionStore } from '../session-store.js';
import { SessionActivity } from './session-activity.js';

/** Says, as the database has it this moment, whether a session lives. Looking changes nothing. */
@Injectable()
export class SessionInspection {
  constructor(
    private readonly store: SessionStore,
    private readonly tokens: RefreshTokens,
    private readonly activity: SessionActivity,
    private readonly clock: Clock,
  ) {}

  /** Null for a session that has ended or expired, or whose user is banned. */
  async findLive(sessionId: string): Promise<RefreshableSession | null> {
    const session = await this.store.findRefreshable(sessionId);
    const now = this.clock.now();
    if (!session || session.endedAt || session.expiresAt <= now || isBanned(session.user, now)) return null;
    return session;
  }

  /** The session of a refresh token that a refresh would take; null for any other. */
  async findByRefreshToken(token: string): Promise<RefreshableSession | null> {
    const content = this.tokens.read(token);
    const session = content && (await this.findLive(content.sessionId));
    if (!session) return null;
    const seenGeneration = Math.max(session.seenGeneration, this.activity.seenGeneration(session.id));
    const { action } = decideRefresh({ ...session, seenGeneration }, content.counter, this.clock.now());
    return action === 'rotate' || action === 'repeat' ? session : null;
  }
}
