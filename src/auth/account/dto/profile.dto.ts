import { Transform } from 'class-transformer';
import { IsEmail, IsOptional, IsString, IsUrl, MinLength } from 'class-validator';
import { IsText } from '../../../platform/validation/is-text.js';
import { MaxLength } from '../../../platform/validation/max-length.js';

/** What is left out stays as it is; null removes it. */
export class ChangeProfileDto {
  /** @example 小明 */
  @MaxLength(64)
  @MinLength(1)
  @IsText()
  @IsString()
  @IsOptional()
  nickname?: string | null;

  /**
   * https only.
   * @example https://example.com/avatars/1024.png
   */
  @IsUrl({ protocols: ['https'], require_protocol: true })
  @MaxLength(512)
  @IsText()
  @IsString()
  @IsOptional()
  avatarUrl?: string | null;

  /**
   * Also a name to log in with: to change it the caller must have logged in recently.
   * @example alice@example.com
   */
  @IsEmail()
  @MaxLength(100)
  @IsText()
  @IsString()
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value)) // some letters get longer
  email?: string | null;
}
