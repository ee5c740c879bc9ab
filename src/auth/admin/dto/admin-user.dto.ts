import { UserDto } from '../../../users/dto/user.dto.js';
import type { UserPage } from '../../../users/directory/user-directory.js';
import type { UserSummary } from '../../../users/user-summary.js';
import type { UserDetails } from '../user-views.js';
import type { UserQueryDto } from './user-query.dto.js';

/** A user as an admin sees them. */
export class AdminUserDto extends UserDto {
  /**
   * While a ban is in force; the end of the year 9999 for one without an end.
   * @example 2026-12-23T02:53:35.123Z
   */
  bannedUntil: Date | null;

  /** @example 发布违规内容 */
  banReason: string | null;

  static override from(user: UserSummary): AdminUserDto {
    const { bannedUntil, banReason } = user;
    return { ...UserDto.from(user), bannedUntil, banReason };
  }
}

/** One page of users. */
export class AdminUserPageDto {
  /** Newest first; of those who are banned the longest ban first. */
  items: AdminUserDto[];

  /**
   * How many there are; 10,000 also stands for more.
   * @example 42
   */
  total: number;

  /** @example 1 */
  page: number;

  /** @example 20 */
  pageSize: number;

  static from({ users, total }: UserPage, { page, pageSize }: UserQueryDto): AdminUserPageDto {
    return { items: users.map((user) => AdminUserDto.from(user)), total, page, pageSize };
  }
}

/** A WeChat account somebody logs in with. */
export class BoundWechatDto {
  /** @example wx0000000000000001 */
  appId: string;

  /** @example 2026-11-23T02:53:35.123Z */
  boundAt: Date;

  /** @example 2026-11-24T10:15:00.000Z */
  lastLoginAt: Date;
}

/** A user as an admin sees them, with how they log in. */
export class AdminUserDetailsDto extends AdminUserDto {
  /** @example true */
  hasPassword: boolean;

  /** The one used last first. */
  wechat: BoundWechatDto[];

  /**
   * How many devices are signed in.
   * @example 2
   */
  openSessions: number;

  /**
   * To the minute; null when it is not known.
   * @example 2026-11-24T10:15:00.000Z
   */
  lastSeenAt: Date | null;

  static fromDetails(details: UserDetails): AdminUserDetailsDto {
    const { user, hasPassword, openSessions, lastSeenAt } = details;
    const wechat = details.wechat.map(({ appId, boundAt, lastLoginAt }) => ({ appId, boundAt, lastLoginAt }));
    return { ...AdminUserDto.from(user), hasPassword, wechat, openSessions, lastSeenAt };
  }
}
