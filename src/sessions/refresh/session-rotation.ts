import { Injectable } from '@nestjs/common';
import type { Client } from '../../platform/identity/client.js';
import { requireNotBanned } from '../../users/bans/ban.js';
import { SessionTimeline } from '../history/session-timeline.js';
import { SessionActivity } from '../live/session-activity.js';
import { type RefreshableSession, SessionStore } from '../session-store.js';
import { RefreshTokenExpiredError, RefreshTokenInvalidError, SessionEndedError } from '../sessions.errors.js';
import type { IssuedSession } from './issued-session.js';
import { decideRefresh, type Refusal, type ReuseClass } from './refresh-rules.js';
import { type RefreshTokenContent, RefreshTokens } from './refresh-tokens.js';
import { SessionLifetimes } from './session-lifetimes.js';

/** A token was used that a newer one has replaced: the session has to end. */
export interface Reuse {
  reuse: ReuseClass;
  session: RefreshableSession;
}

const TRIES = 3; // a lost race makes the token a parent, so the second look already decides

/** Turns a refresh token into the next one, by the four rules: one SELECT and one conditional UPDATE. */
@Injectable()
export class SessionRotation {
  constructor(
    private readonly store: SessionStore,
    private readonly tokens: RefreshTokens,
    private readonly lifetimes: SessionLifetimes,
    private readonly activity: SessionActivity,
    private readonly timeline: SessionTimeline,
  ) {}

  /** @throws RefreshTokenInvalidError, RefreshTokenExpiredError, SessionEndedError, UserBannedError */
  async rotate(token: string, client: Client): Promise<IssuedSession | Reuse> {
    const content = this.tokens.read(token);
    if (!content) throw new RefreshTokenInvalidError();
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const answer = await this.tryOnce(content, client);
      if (answer) return answer;
    }
    throw new Error('A session was rotated by others at every try');
  }

  private async tryOnce(content: RefreshTokenContent, client: Client): Promise<IssuedSession | Reuse | null> {
    const session = await this.find(content);
    const decision = decideRefresh(session, content.counter, this.lifetimes.now());
    switch (decision.action) {
      case 'refuse':
        throw this.refusal(decision.because);
      case 'end':
        return { reuse: decision.reuse, session };
      case 'repeat':
        return this.issue(this.requireWelcome(session), session.generation, session.expiresAt);
      case 'rotate':
        return this.step(this.requireWelcome(session), client);
    }
  }

  private async find(content: RefreshTokenContent): Promise<RefreshableSession> {
    const { sessionId, counter } = content;
    const session = await this.store.findRefreshable(sessionId);
    if (!session) throw new RefreshTokenInvalidError();
    const isCurrent = counter === session.generation;
    if (isCurrent && !this.tokens.isHashOf(session.token, content)) throw new RefreshTokenInvalidError();
    // What this process has seen may not be written down yet.
    const seenGeneration = Math.max(session.seenGeneration, this.activity.seenGeneration(sessionId));
    return { ...session, seenGeneration };
  }

  private refusal(because: Refusal): Error {
    if (because === 'unknown_counter') return new RefreshTokenInvalidError();
    return because === 'expired' ? new RefreshTokenExpiredError() : new SessionEndedError();
  }

  private requireWelcome(session: RefreshableSession): RefreshableSession {
    requireNotBanned(session.user, this.lifetimes.now());
    return session;
  }

  private async step(session: RefreshableSession, client: Client): Promise<IssuedSession | null> {
    const { id, generation: from } = session;
    const next = from + 1;
    const { now, expiresAt } = this.lifetimes.extend(session.absoluteExpiresAt);
    const token = this.tokens.hash(this.tokens.write({ sessionId: id, counter: next }));
    const won = await this.store.rotate({ id, from, token, now, expiresAt, ...client });
    if (!won) return null;
    this.timeline.note({ sessionId: id, type: 'rotate', ipAddress: client.ipAddress, at: now });
    return this.issue(session, next, expiresAt);
  }

  private issue(
    { id, absoluteExpiresAt, user }: RefreshableSession,
    generation: number,
    expiresAt: Date,
  ): IssuedSession {
    const refreshToken = this.tokens.write({ sessionId: id, counter: generation });
    return { id, generation, refreshToken, expiresAt, absoluteExpiresAt, user };
  }
}
