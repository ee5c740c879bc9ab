import type { Role } from '../../platform/identity/caller.js';
import type { UserSummary } from '../user-summary.js';

/** A user as they see themselves. */
export class UserDto {
  /** @example 1024 */
  id: string;

  /**
   * As typed; null for someone who only ever came through WeChat.
   * @example Alice01
   */
  username: string | null;

  /** @example 小明 */
  nickname: string | null;

  /** @example https://example.com/avatars/1024.png */
  avatarUrl: string | null;

  /** @example alice@example.com */
  email: string | null;

  /**
   * Masked.
   * @example 138****0001
   */
  phone: string | null;

  /** @example user */
  role: Role;

  /** @example 2026-11-23T02:53:35.123Z */
  createdAt: Date;

  static from(user: UserSummary): UserDto {
    const { id, username, nickname, avatarUrl, email, role, createdAt } = user;
    return { id, username, nickname, avatarUrl, email, phone: null, role, createdAt };
  }
}
