import { IsOptional, IsString } from 'class-validator';
import { IsText } from '../../../platform/validation/is-text.js';
import { MaxLength } from '../../../platform/validation/max-length.js';
import type { UserLogins } from '../../../users/directory/user-directory.js';
import { IsUsername } from '../../../users/is-username.js';

export class ChangePasswordDto {
  /**
   * Required from whoever has a password.
   * @example Blue-Kettle7
   */
  @MaxLength(128)
  @IsText()
  @IsString()
  @IsOptional()
  currentPassword?: string;

  /**
   * By the rules of registration.
   * @example Green-Kettle8
   */
  @MaxLength(128)
  @IsText()
  @IsString()
  newPassword: string;
}

export class ChooseUsernameDto {
  /**
   * 3 to 20 letters and digits. Kept as typed; unique without regard to case.
   * @example Alice01
   */
  @IsUsername()
  @IsString()
  username: string;

  /**
   * By the rules of registration.
   * @example Blue-Kettle7
   */
  @MaxLength(128)
  @IsText()
  @IsString()
  password: string;
}

/** A WeChat account the caller can log in with. */
export class WechatCredentialDto {
  /** @example wx0000000000000001 */
  appId: string;

  /** @example 2026-11-23T02:53:35.123Z */
  boundAt: Date;
}

/** How the caller can log in. */
export class CredentialsDto {
  /**
   * Is there a password to log in with?
   * @example true
   */
  password: boolean;

  /** The one used last first. */
  wechat: WechatCredentialDto[];

  /**
   * Is there a verified phone number for one-tap login?
   * @example false
   */
  phone: boolean;

  static from({ user, hasPassword, wechat }: UserLogins): CredentialsDto {
    const accounts = wechat.map(({ appId, boundAt }) => ({ appId, boundAt }));
    return { password: hasPassword, wechat: accounts, phone: user.phone !== null };
  }
}
