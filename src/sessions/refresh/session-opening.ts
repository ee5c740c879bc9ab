import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { duplicateKeyOf } from '../../platform/database/database-errors.js';
import type { Client } from '../../platform/identity/client.js';
import { requireNotBanned } from '../../users/bans/ban.js';
import type { UserSummary } from '../../users/user-summary.js';
import { UserNotFoundError } from '../../users/users.errors.js';
import type { LoginMethod } from '../session.entity.js';
import { deviceKeyOf } from '../devices/device-sessions.js';
import { type DeviceLogin, SessionResuming } from '../devices/session-resuming.js';
import { SessionTimeline } from '../history/session-timeline.js';
import { type NewSession, SessionStore } from '../session-store.js';
import type { IssuedSession } from './issued-session.js';
import { RefreshTokens } from './refresh-tokens.js';
import { SessionLifetimes } from './session-lifetimes.js';

/** What the client says about its device. */
export interface Device {
  id?: string;
  name?: string;
  platform?: string;
  model?: string;
}

/** How somebody came in. */
export interface Login {
  method: LoginMethod;
  client: Client;
  /** A client may also send null for "none". */
  device?: Device | null;
  appId?: string;
  /** Somebody who was made a moment ago has no other session. */
  isNewUser?: boolean;
  /** Of the WeChat login code: one code opens one session. */
  codeHash?: Buffer;
  /** Of the password that was right: it must be the same still when the session opens. */
  passwordChangedAt?: Date | null;
}

/** Of a session that has just been opened. */
export const FIRST_GENERATION = 1;
const TRIES = 3; // who loses to another login of the device takes up its session

/** Opens sessions, or takes up the one that the device has. */
@Injectable()
export class SessionOpening {
  constructor(
    private readonly store: SessionStore,
    private readonly resuming: SessionResuming,
    private readonly tokens: RefreshTokens,
    private readonly lifetimes: SessionLifetimes,
    private readonly timeline: SessionTimeline,
  ) {}

  /** @throws UserBannedError, UserNotFoundError also when the password has been changed meanwhile */
  async open(user: UserSummary, login: Login): Promise<IssuedSession> {
    const session = this.prepare(user, login);
    requireNotBanned(user, session.now);
    if (!isOfDevice(session)) return this.insert(session, user);
    const first = login.isNewUser ? await this.tryInsert(session, user) : null;
    return first ?? this.openOnDevice(session, user);
  }

  private prepare(
    user: UserSummary,
    { method, client, device, appId, codeHash, passwordChangedAt = null }: Login,
  ): NewSession {
    const times = this.lifetimes.begin();
    const id = uuidv7({ msecs: times.now.getTime() });
    const deviceKey = codeHash ? deviceKeyOf(user.id, { appId, deviceId: device?.id }) : null;
    return {
      ...{ id, userId: user.id, token: this.tokens.hash(this.firstToken(id)), ...times, ...client },
      ...{ deviceId: device?.id ?? null, deviceKey, deviceName: device?.name ?? device?.model ?? null },
      ...{ platform: device?.platform ?? null, appId: appId ?? null },
      ...{ loginMethod: method, loginCodeHash: codeHash ?? null, passwordChangedAt },
    };
  }

  private async openOnDevice(session: DeviceLogin, user: UserSummary): Promise<IssuedSession> {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const opened = (await this.resuming.resume(session, user)) ?? (await this.tryInsert(session, user));
      if (opened) return opened;
    }
    throw new Error('Another login of the device was faster at every try');
  }

  private firstToken(sessionId: string): string {
    return this.tokens.write({ sessionId, counter: FIRST_GENERATION });
  }

  private async insert(session: NewSession, user: UserSummary): Promise<IssuedSession> {
    const { id, now, expiresAt, absoluteExpiresAt, loginMethod, ipAddress } = session;
    if (!(await this.store.insert(session))) await this.refuse(user.id, now);
    this.timeline.note({ sessionId: id, type: 'login', reason: loginMethod, ipAddress, at: now });
    const refreshToken = this.firstToken(id);
    return { id, generation: FIRST_GENERATION, refreshToken, expiresAt, absoluteExpiresAt, user };
  }

  // Null when the device has got a session in this moment.
  private async tryInsert(session: DeviceLogin, user: UserSummary): Promise<IssuedSession | null> {
    try {
      return await this.insert(session, user);
    } catch (error) {
      if (!duplicateKeyOf(error)?.includes('device_key')) throw error;
      await this.resuming.freeDevice(session);
      return null;
    }
  }

  private async refuse(userId: string, now: Date): Promise<never> {
    const user = await this.store.findOwner(userId);
    if (user) requireNotBanned(user, now);
    throw new UserNotFoundError();
  }
}

function isOfDevice(session: NewSession): session is DeviceLogin {
  return session.deviceKey !== null && session.loginCodeHash !== null;
}
