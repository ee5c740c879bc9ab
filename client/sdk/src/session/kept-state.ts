import type { User } from '../http/answers.js';

/** How somebody logged in: only WeChat can do it again without them. */
export type LoginKind = 'wechat' | 'phone' | 'password';

/** What is known about one login. */
export interface Session {
  accessToken: string;
  refreshToken: string;
  /** Server's time, in milliseconds, from which on the access token is renewed before use. */
  staleAt: number;
  sessionId: string;
  kind: LoginKind;
  user: User;
}

/** What outlives the app. */
export interface KeptState {
  v: 1;
  deviceId: string;
  /** False after a logout: then nobody is logged in again until they ask for it. */
  silent: boolean;
  /** From the phone's clock to the server's, in milliseconds. */
  offset: number;
  session?: Session;
}

/** undefined for what another version wrote, or what got damaged. */
export function parseKept(text: unknown): KeptState | undefined {
  try {
    const kept = JSON.parse(text as string) as KeptState;
    const { v, deviceId, session } = kept;
    const isWhole = v === 1 && deviceId && (!session || (session.refreshToken && session.user.id));
    return isWhole ? kept : undefined;
  } catch {
    return undefined;
  }
}
