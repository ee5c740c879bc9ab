/** The caller's own account. */
export interface User {
  id: string;
  username: string | null;
  nickname: string | null;
  avatarUrl: string | null;
  email: string | null;
  phone: string | null;
  role: 'user' | 'admin';
  createdAt: string;
}

/** What a login of the web page is answered; the refresh token is in a cookie that scripts cannot see. */
export interface Tokens {
  accessToken: string;
  expiresIn: number;
  sessionId: string;
  user: User;
}

export interface Credentials {
  username: string;
  password: string;
}

export interface Registration extends Credentials {
  email?: string;
}

/** One signed-in device. */
export interface Device {
  id: string;
  current: boolean;
  deviceName: string | null;
  platform: string | null;
  appId: string | null;
  ipAddress: string;
  loginMethod: string;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
}
