import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import type { Role } from '../../../platform/identity/caller.js';
import { IsText } from '../../../platform/validation/is-text.js';
import { MaxLength } from '../../../platform/validation/max-length.js';
import { ToBoolean, ToInt } from '../../../platform/validation/query-values.js';

export class UserQueryDto {
  /**
   * An id, the beginning of a username, or a whole e-mail address, phone number or openid.
   * @example alice
   */
  @MaxLength(100)
  @IsText()
  @IsString()
  @IsOptional()
  query?: string;

  /** @example user */
  @IsIn(['user', 'admin'])
  @IsOptional()
  role?: Role;

  /** True: only those who are banned now; false: only the others. */
  @IsBoolean()
  @ToBoolean()
  @IsOptional()
  banned?: boolean;

  /** From 1. */
  @ApiPropertyOptional()
  @Max(10_000)
  @Min(1)
  @IsInt()
  @ToInt()
  @IsOptional()
  page: number = 1;

  /** Users a page, 100 at most. */
  @ApiPropertyOptional()
  @Max(100)
  @Min(1)
  @IsInt()
  @ToInt()
  @IsOptional()
  pageSize: number = 20;
}
