import { Transform } from 'class-transformer';
import { IsEmail, IsOptional, IsString } from 'class-validator';
import { IsText } from '../../platform/validation/is-text.js';
import { MaxLength } from '../../platform/validation/max-length.js';
import { IsUsername } from '../../users/is-username.js';
import { WithDeviceDto } from './with-device.dto.js';

export class RegisterDto extends WithDeviceDto {
  /**
   * 3 to 20 letters and digits. Kept as typed; unique without regard to case.
   * @example Alice01
   */
  @IsUsername()
  @IsString()
  username: string;

  /**
   * At least 8 characters with an upper-case and a lower-case letter and a special character.
   * @example Blue-Kettle7
   */
  @MaxLength(128)
  @IsText()
  @IsString()
  password: string;

  /** @example alice@example.com */
  @IsEmail()
  @MaxLength(100)
  @IsText()
  @IsString()
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value)) // some letters get longer
  email?: string;
}
