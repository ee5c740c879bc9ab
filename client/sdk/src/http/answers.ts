/** An account as its owner sees it. */
export interface User {
  /** A decimal number as text: beyond what JavaScript counts exactly. */
  id: string;
  /** null for somebody who only ever came through WeChat. */
  username: string | null;
  nickname: string | null;
  avatarUrl: string | null;
  email: string | null;
  /** Masked, for example `138****0001`. */
  phone: string | null;
  role: string;
  /** ISO 8601, UTC. */
  createdAt: string;
}

/** One signed-in device. */
export interface Device {
  /** Id of its session. */
  id: string;
  /** True for the device that is asking. */
  current: boolean;
  /** For example `Xiaomi 14 · Android 14`. */
  deviceName: string | null;
  platform: string | null;
  /** The mini-program that opened the session. */
  appId: string | null;
  ipAddress: string;
  loginMethod: string;
  /** ISO 8601, UTC, like the two below. */
  createdAt: string;
  lastSeenAt: string;
  /** When the session ends if it is not used again. */
  expiresAt: string;
}

/** What every login and refresh answers. */
export interface Tokens {
  accessToken: string;
  expiresIn: number;
  refreshToken: string;
  sessionId: string;
  isNewUser: boolean;
  user: User;
}

/** A captive portal answers 200 too: only what has this shape is a login. */
export function isTokens(answer: unknown): answer is Tokens {
  const { accessToken, refreshToken, expiresIn, user } = Object(answer) as Partial<Tokens>;
  return Boolean(accessToken && refreshToken && Number(expiresIn) > 0 && user && user.id);
}
