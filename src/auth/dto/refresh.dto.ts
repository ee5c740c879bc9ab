import { IsString, MinLength } from 'class-validator';
import { IsText } from '../../platform/validation/is-text.js';
import { MaxLength } from '../../platform/validation/max-length.js';

export class RefreshDto {
  /** The newest refresh token this client has received. */
  @MaxLength(512)
  @MinLength(1)
  @IsText()
  @IsString()
  refreshToken: string;
}
