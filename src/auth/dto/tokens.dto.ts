import { UserDto } from '../../users/dto/user.dto.js';
import type { IssuedAccessToken } from '../access-token/access-tokens.js';
import type { LoginResult } from '../login/login-result.js';

/** What every login and refresh answers. */
export class TokensDto {
  /**
   * Send it as `Authorization: Bearer …`.
   * @example eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.….…
   */
  accessToken: string;

  /** @example Bearer */
  tokenType: string;

  /**
   * Seconds until the access token expires: 15 minutes, give or take 5 %.
   * @example 900
   */
  expiresIn: number;

  /**
   * Gets the next pair of tokens. Keep the newest only.
   * @example wxr1_…
   */
  refreshToken: string;

  /**
   * Seconds until the refresh token expires if it is not used.
   * @example 604800
   */
  refreshExpiresIn: number;

  /** @example 0198c0de-5a3c-7b7e-9a53-0a4b7f1c2d3e */
  sessionId: string;

  /**
   * True when this login made the account.
   * @example false
   */
  isNewUser: boolean;

  user: UserDto;

  static from({ session, isNewUser, access, now }: LoginResult & { access: IssuedAccessToken; now: Date }): TokensDto {
    return {
      ...access,
      tokenType: 'Bearer',
      refreshToken: session.refreshToken,
      refreshExpiresIn: Math.ceil((session.expiresAt.getTime() - now.getTime()) / 1000),
      sessionId: session.id,
      isNewUser,
      user: UserDto.from(session.user),
    };
  }
}
