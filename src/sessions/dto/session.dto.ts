import type { LoginMethod, Session } from '../session.entity.js';

/** One signed-in device, as its owner sees it. */
export class SessionDto {
  /** @example 0198c0de-5a3c-7b7e-9a53-0a4b7f1c2d3e */
  id: string;

  /**
   * True for the device that is asking.
   * @example true
   */
  current: boolean;

  /** @example Xiaomi 14 */
  deviceName: string | null;

  /** @example android */
  platform: string | null;

  /**
   * The mini-program that opened the session.
   * @example wx0000000000000001
   */
  appId: string | null;

  /** @example 203.0.113.9 */
  ipAddress: string;

  /** @example wechat */
  loginMethod: LoginMethod;

  /** @example 2026-11-23T02:53:35.123Z */
  createdAt: Date;

  /**
   * To the minute.
   * @example 2026-11-24T10:15:00.000Z
   */
  lastSeenAt: Date;

  /**
   * When the session ends if it is not used again.
   * @example 2026-12-01T10:15:00.000Z
   */
  expiresAt: Date;

  static from(session: Session, callerSessionId: string): SessionDto {
    const { id, deviceName, platform, appId, ipAddress, loginMethod, createdAt, lastSeenAt, expiresAt } = session;
    const current = id === callerSessionId;
    return { id, current, deviceName, platform, appId, ipAddress, loginMethod, createdAt, lastSeenAt, expiresAt };
  }
}
