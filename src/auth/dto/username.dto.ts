import { IsString } from 'class-validator';
import { IsUsername } from '../../users/is-username.js';

export class UsernameDto {
  /**
   * 3 to 20 letters and digits.
   * @example Alice01
   */
  @IsUsername()
  @IsString()
  username: string;
}

export class UsernameAvailableDto {
  /** @example true */
  available: boolean;
}
