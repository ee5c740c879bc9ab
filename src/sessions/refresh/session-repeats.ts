import { Injectable } from '@nestjs/common';
import type { Client } from '../../platform/identity/client.js';
import { requireNotBanned } from '../../users/bans/ban.js';
import { type CodeSession, SessionStore } from '../session-store.js';
import type { LoginMethod } from '../session.entity.js';
import type { IssuedSession } from './issued-session.js';
import { RefreshTokens } from './refresh-tokens.js';
import type { Device } from './session-opening.js';
import { SessionLifetimes } from './session-lifetimes.js';

/** Who sends a login code again, and by which door. */
export interface RepeatedLogin {
  codeHash: Buffer;
  method: LoginMethod;
  client: Client;
  device?: Device | null;
}

/** How long the answer to a login may be asked for again. */
const REPEATED_WITHIN_MS = 60_000;

/** Writes a session's answer again for the client that lost it; nothing about the session changes. */
@Injectable()
export class SessionRepeats {
  constructor(
    private readonly store: SessionStore,
    private readonly tokens: RefreshTokens,
    private readonly lifetimes: SessionLifetimes,
  ) {}

  /**
   * The session that this login code opened, with its current refresh token; null for another device or door, after a
   * minute, and when the session is over.
   * @throws UserBannedError
   */
  async repeat(login: RepeatedLogin): Promise<(IssuedSession & { openedAt: Date }) | null> {
    const opened = await this.store.findByLoginCode(login.codeHash);
    const now = this.lifetimes.now();
    if (!opened) return null;
    const openedAt = opened.loggedInAt ?? opened.createdAt;
    if (now.getTime() - openedAt.getTime() > REPEATED_WITHIN_MS) return null;
    if (opened.loginMethod !== login.method || !isSameDevice(opened, login)) return null;
    const session = await this.issueAgain(opened.id, now);
    return session && { ...session, openedAt };
  }

  private async issueAgain(sessionId: string, now: Date): Promise<IssuedSession | null> {
    const session = await this.store.findRefreshable(sessionId);
    if (!session || session.endedAt || session.expiresAt <= now || session.absoluteExpiresAt <= now) return null;
    const { id, generation, expiresAt, absoluteExpiresAt, user } = session;
    requireNotBanned(user, now);
    const refreshToken = this.tokens.write({ sessionId: id, counter: generation });
    return { id, generation, refreshToken, expiresAt, absoluteExpiresAt, user };
  }
}

// A device is known by the random id it made for itself; one that sends none, by where it calls from.
function isSameDevice(opened: CodeSession, { client, device }: RepeatedLogin): boolean {
  if (opened.deviceId !== null || device?.id) return opened.deviceId === device?.id;
  return opened.ipAddress === client.ipAddress && opened.userAgent === client.userAgent;
}
