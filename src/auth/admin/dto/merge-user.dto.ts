import { IsBoolean, IsOptional } from 'class-validator';
import { IsUserId } from '../../../users/dto/user-id.js';

export class MergeUserDto {
  /**
   * The user that lives on.
   * @example 1024
   */
  @IsUserId()
  into: string;

  /** True only says what would move. */
  @IsBoolean()
  @IsOptional()
  dryRun?: boolean;
}
