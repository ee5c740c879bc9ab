import { IsOptional, IsString } from 'class-validator';
import { IsText } from '../../platform/validation/is-text.js';
import { MaxLength } from '../../platform/validation/max-length.js';

/** What is about one mini-program. */
export abstract class OfAppDto {
  /**
   * The mini-program; without it the one the caller logged in to last.
   * @example wx0000000000000001
   */
  @MaxLength(32)
  @IsText()
  @IsString()
  @IsOptional()
  appId?: string;
}
