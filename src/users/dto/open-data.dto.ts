import { IsString, MinLength } from 'class-validator';
import { IsText } from '../../platform/validation/is-text.js';
import { MaxLength } from '../../platform/validation/max-length.js';
import { OfAppDto } from './of-app.dto.js';

export class EncryptedDataDto extends OfAppDto {
  /** Base64, unchanged. */
  @MaxLength(32_768)
  @MinLength(1)
  @IsText()
  @IsString()
  encryptedData: string;

  /**
   * Base64, unchanged.
   * @example r7BXXKkL…
   */
  @MaxLength(64)
  @MinLength(1)
  @IsText()
  @IsString()
  iv: string;
}

export class SignedDataDto extends OfAppDto {
  /** The text as wx.getUserInfo gave it: parsed and written again it has another signature. */
  @MaxLength(16_384)
  @IsText()
  @IsString()
  rawData: string;

  /** @example 75e81ceda165f4ffa64f4068af58c64b8f54b88c */
  @MaxLength(64)
  @MinLength(1)
  @IsText()
  @IsString()
  signature: string;
}

export class SignatureCheckDto {
  /** True when WeChat signed the data for this user's current session. */
  valid: boolean;
}
