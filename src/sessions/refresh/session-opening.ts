import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Client } from '../../platform/identity/client.js';
import { requireNotBanned } from '../../users/bans/ban.js';
import type { UserSummary } from '../../users/user-summary.js';
import { UserNotFoundError } from '../../users/users.errors.js';
import type { LoginMethod } from '../session.entity.js';
import { SessionTimeline } from '../history/session-timeline.js';
import { SessionStore } from '../session-store.js';
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
  /** Of the WeChat login code: one code opens one session. */
  codeHash?: Buffer;
}

const FIRST_GENERATION = 1;

/** Opens sessions. */
@Injectable()
export class SessionOpening {
  constructor(
    private readonly store: SessionStore,
    private readonly tokens: RefreshTokens,
    private readonly lifetimes: SessionLifetimes,
    private readonly timeline: SessionTimeline,
  ) {}

  /** @throws UserBannedError */
  async open(user: UserSummary, { method, client, device, appId, codeHash }: Login): Promise<IssuedSession> {
    const { now, expiresAt, absoluteExpiresAt } = this.lifetimes.begin();
    requireNotBanned(user, now);

    const id = uuidv7({ msecs: now.getTime() });
    const refreshToken = this.tokens.write({ sessionId: id, counter: FIRST_GENERATION });
    const isOpen = await this.store.insert({
      ...{ id, userId: user.id, token: this.tokens.hash(refreshToken), now, expiresAt, absoluteExpiresAt },
      ...client,
      deviceId: device?.id ?? null,
      deviceName: device?.name ?? device?.model ?? null,
      platform: device?.platform ?? null,
      appId: appId ?? null,
      loginMethod: method,
      loginCodeHash: codeHash ?? null,
    });
    if (!isOpen) await this.refuse(user.id, now);
    this.timeline.note({ sessionId: id, type: 'login', reason: method, ipAddress: client.ipAddress, at: now });
    return { id, generation: FIRST_GENERATION, refreshToken, expiresAt, absoluteExpiresAt, user };
  }

  private async refuse(userId: string, now: Date): Promise<never> {
    const user = await this.store.findOwner(userId);
    if (user) requireNotBanned(user, now);
    throw new UserNotFoundError();
  }
}
