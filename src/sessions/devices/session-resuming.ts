import { Injectable } from '@nestjs/common';
import type { UserSummary } from '../../users/user-summary.js';
import { SessionTimeline } from '../history/session-timeline.js';
import type { IssuedSession } from '../refresh/issued-session.js';
import { CONCURRENT_WINDOW_MS } from '../refresh/refresh-rules.js';
import { RefreshTokens } from '../refresh/refresh-tokens.js';
import type { NewSession } from '../session-store.js';
import { type DeviceSession, DeviceSessions } from './device-sessions.js';

/** A login by WeChat from a device that says which one it is. */
export type DeviceLogin = NewSession & { deviceKey: Buffer; loginCodeHash: Buffer };

const TRIES = 3; // who loses to another login joins it at the second look

/**
 * Lets a WeChat login take up the session that the same user has on the same device in the same mini-program: no row is
 * added, and the refresh tokens of before are dead (docs/decisions/0016-one-session-a-device.md).
 */
@Injectable()
export class SessionResuming {
  constructor(
    private readonly devices: DeviceSessions,
    private readonly tokens: RefreshTokens,
    private readonly timeline: SessionTimeline,
  ) {}

  /** Null when the device has no session to take up. */
  async resume(login: DeviceLogin, user: UserSummary): Promise<IssuedSession | null> {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const session = await this.devices.find(login.deviceKey);
      if (!session) return null;
      if (isOfThisMoment(session, login.now)) return this.issue(session, user);
      const resumed = await this.takeUp(session, login);
      if (resumed) return this.issue(resumed, user);
    }
    throw new Error('A session was taken up by others at every try');
  }

  /** The key of the device was taken a moment ago; when it is by a session that has ended, it is free now. */
  async freeDevice({ deviceKey, now }: DeviceLogin): Promise<void> {
    await this.devices.free(deviceKey, now);
  }

  private async takeUp(session: DeviceSession, login: DeviceLogin): Promise<DeviceSession | null> {
    const { id, generation: from } = session;
    const { now, expiresAt, absoluteExpiresAt } = login;
    const generation = from + 1;
    const token = this.tokens.hash(this.tokens.write({ sessionId: id, counter: generation }));
    if (!(await this.devices.takeUp({ ...login, id, from, token }))) return null;
    this.note(session, login);
    return { id, generation, firstGeneration: generation, loggedInAt: now, expiresAt, absoluteExpiresAt };
  }

  private note({ id: sessionId, expiresAt }: DeviceSession, { loginMethod, ipAddress, now }: DeviceLogin): void {
    if (expiresAt <= now) this.timeline.note({ sessionId, type: 'end', reason: 'expired', at: expiresAt });
    this.timeline.note({ sessionId, type: 'login', reason: loginMethod, ipAddress, at: now });
  }

  private issue({ id, generation, expiresAt, absoluteExpiresAt }: DeviceSession, user: UserSummary): IssuedSession {
    const refreshToken = this.tokens.write({ sessionId: id, counter: generation });
    return { id, generation, refreshToken, expiresAt, absoluteExpiresAt, user };
  }
}

// Two pages of one app that log in at once, or a login whose answer was lost: both get the same tokens, as with a refresh.
function isOfThisMoment({ generation, firstGeneration, loggedInAt, expiresAt }: DeviceSession, now: Date): boolean {
  const isUnused = generation === firstGeneration;
  return isUnused && expiresAt > now && now.getTime() - loggedInAt.getTime() <= CONCURRENT_WINDOW_MS;
}
