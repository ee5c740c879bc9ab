import { IsIn, IsNotEmpty, IsOptional, IsString } from 'class-validator';
import type { Role } from '../../../platform/identity/caller.js';
import { IsMoment, ToMoment } from '../../../platform/validation/is-moment.js';
import { IsText } from '../../../platform/validation/is-text.js';
import { MaxLength } from '../../../platform/validation/max-length.js';

export class BanDto {
  /**
   * Why; the user reads it when they try to log in.
   * @example 发布违规内容
   */
  @MaxLength(255)
  @IsNotEmpty()
  @IsText()
  @IsString()
  reason: string;

  /**
   * When it ends by itself; without it never.
   * @example 2026-12-23T02:53:35.123Z
   */
  @IsMoment()
  @ToMoment()
  @IsOptional()
  until?: Date;
}

export class RoleDto {
  /** @example admin */
  @IsIn(['user', 'admin'])
  role: Role;
}
