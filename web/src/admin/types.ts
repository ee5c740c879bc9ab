import type { User } from '../api/types.js';

/** A user as an admin sees them. */
export interface SeenUser extends User {
  bannedUntil: string | null;
  banReason: string | null;
}

export interface UserPage {
  items: SeenUser[];
  total: number;
  page: number;
  pageSize: number;
}

export interface UserDetails extends SeenUser {
  hasPassword: boolean;
  wechat: { appId: string; boundAt: string; lastLoginAt: string }[];
  openSessions: number;
  lastSeenAt: string | null;
}

export interface AuditEvent {
  id: string;
  type: string;
  outcome: string;
  userId: string | null;
  actorId: string | null;
  sessionId: string | null;
  ipAddress: string | null;
  userAgent: string | null;
  detail: Record<string, unknown> | null;
  createdAt: string;
}

export interface AuditPage {
  items: AuditEvent[];
  nextBefore: string | null;
}

export interface Quota {
  dailyLimit: number;
  used: number;
  remaining: number;
  askedAt: string;
}

export interface WechatApp {
  appId: string;
  name: string | null;
  circuit: 'closed' | 'half_open' | 'open';
  accessToken: { expiresAt: string } | null;
  today: { endpoint: string; calls: number; errors: number; quota: Quota | null }[];
}
