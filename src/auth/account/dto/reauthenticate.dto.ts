import { IsOptional, IsString, MinLength, ValidateIf } from 'class-validator';
import { IsText } from '../../../platform/validation/is-text.js';
import { MaxLength } from '../../../platform/validation/max-length.js';
import type { Proof } from '../proofs.js';

export class ReauthenticateDto {
  /**
   * The caller's password. Either this or a code.
   * @example Blue-Kettle7
   */
  @MaxLength(128)
  @MinLength(1)
  @IsText()
  @IsString()
  @IsOptional()
  password?: string;

  /**
   * From wx.login, of a WeChat account that is bound to the caller.
   * @example 0712cDoV0cfty22AeloV0daMoV02cDog
   */
  @MaxLength(128)
  @MinLength(1)
  @IsText()
  @IsString()
  @ValidateIf(({ password, code }: ReauthenticateDto) => (password ?? null) === null || (code ?? null) !== null)
  code?: string;

  /**
   * The mini-program the code is from; without it the first configured one.
   * @example wx0000000000000001
   */
  @MaxLength(32)
  @IsText()
  @IsString()
  @IsOptional()
  appId?: string;

  /** What the caller shows: a password counts before a code. */
  static proofIn({ password, code, appId }: ReauthenticateDto): Proof {
    return typeof password === 'string' ? { password } : { code: code!, appId: appId ?? undefined };
  }
}
