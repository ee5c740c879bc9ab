import { IsString, MinLength } from 'class-validator';
import { IsText } from '../../platform/validation/is-text.js';
import { MaxLength } from '../../platform/validation/max-length.js';
import { WithDeviceDto } from './with-device.dto.js';

export class PasswordLoginDto extends WithDeviceDto {
  /**
   * Username or e-mail address.
   * @example Alice01
   */
  @MaxLength(100)
  @MinLength(1)
  @IsText()
  @IsString()
  username: string;

  /** @example Blue-Kettle7 */
  @MaxLength(128)
  @MinLength(1)
  @IsText()
  @IsString()
  password: string;
}
