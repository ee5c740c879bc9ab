import { Injectable } from '@nestjs/common';
import type { Caller } from '../platform/identity/caller.js';
import type { Client } from '../platform/identity/client.js';
import type { UserSummary } from '../users/user-summary.js';
import { SessionLimits } from './devices/session-limits.js';
import type { IssuedSession } from './refresh/issued-session.js';
import { FIRST_GENERATION, type Login, SessionOpening } from './refresh/session-opening.js';
import { type Reuse, SessionRotation } from './refresh/session-rotation.js';
import type { Session } from './session.entity.js';
import { SessionEndings } from './session-endings.js';
import { SessionStore } from './session-store.js';
import { RefreshTokenReusedError } from './sessions.errors.js';

/** On which devices is a user signed in? Opens, refreshes, lists and ends sessions. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly store: SessionStore,
    private readonly opening: SessionOpening,
    private readonly rotation: SessionRotation,
    private readonly endings: SessionEndings,
    private readonly limits: SessionLimits,
  ) {}

  /**
   * Opens a session, or takes up the one of the device; one more than there may be ends the one unused for longest.
   * @throws UserBannedError
   */
  async open(user: UserSummary, login: Login): Promise<IssuedSession> {
    const session = await this.opening.open(user, login);
    const isAdded = session.generation === FIRST_GENERATION && !login.isNewUser;
    if (isAdded) await this.limits.enforce({ id: session.id, userId: user.id }, login.client);
    return session;
  }

  /**
   * Rotates a refresh token; a token that was used twice ends its session.
   * @throws RefreshTokenInvalidError, RefreshTokenExpiredError, RefreshTokenReusedError, SessionEndedError,
   * UserBannedError
   */
  async refresh(refreshToken: string, client: Client): Promise<IssuedSession> {
    const answer = await this.rotation.rotate(refreshToken, client);
    if ('reuse' in answer) return this.endReused(answer, client);
    return answer;
  }

  /** Newest first, without those that have ended or expired. */
  list(userId: string): Promise<Session[]> {
    return this.store.findOpen(userId);
  }

  /**
   * Ends one session of the caller; one that has ended already is not an error.
   * @throws SessionNotFoundError
   */
  async end(id: string, { userId }: Caller, client: Client): Promise<void> {
    await this.endings.endKnown({ id, userId }, { reason: 'ended_by_user', client });
  }

  async endOthers({ sessionId, userId }: Caller, client: Client): Promise<void> {
    await this.endings.endAll(userId, { reason: 'ended_by_user', client, except: sessionId });
  }

  async logout({ sessionId, userId }: Caller, client: Client): Promise<void> {
    await this.endings.end({ id: sessionId, userId }, { reason: 'logout', client });
  }

  /** Has this device held a session of the user before? */
  knowsDevice(userId: string, deviceId: string): Promise<boolean> {
    return this.store.hasDevice(userId, deviceId);
  }

  private async endReused({ reuse, session }: Reuse, client: Client): Promise<never> {
    const ending = { reason: 'refresh_token_reused' as const, client, reuse };
    await this.endings.end({ id: session.id, userId: session.user.id }, ending);
    throw new RefreshTokenReusedError();
  }
}
