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

  nickname: string | null;

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

  createdAt: Date;

  static from(user: UserSummary): UserDto {
    const { id, username, nickname, avatarUrl, email, phone, role, createdAt } = user;
    return { id, username, nickname, avatarUrl, email, phone, role, createdAt };
  }
}
