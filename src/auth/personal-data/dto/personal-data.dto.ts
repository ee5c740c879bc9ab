import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { IsText } from '../../../platform/validation/is-text.js';
import { MaxLength } from '../../../platform/validation/max-length.js';
import type { AccountData } from '../account-export.js';

export class CloseAccountDto {
  /**
   * Instead of a recent login.
   * @example Blue-Kettle7
   */
  @MaxLength(128)
  @IsText()
  @IsString()
  @IsOptional()
  password?: string;
}

/** Everything that is stored about one person. */
export class AccountDataDto {
  /** @example 1024 */
  userId: string;

  /** @example 2026-11-23T02:53:35.123Z */
  exportedAt: Date;

  /**
   * The whole number.
   * @example +8613800000001
   */
  phoneNumber: string | null;

  /** The rows about the person, by table; docs/data-map.md says what each column holds. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'array', items: { type: 'object', additionalProperties: true } },
  })
  tables: Record<string, Record<string, unknown>[]>;

  /**
   * The columns that are left out because they are secrets, such as the hash of a password.
   * @example ["users.passwordHash"]
   */
  withheld: string[];

  static from({ userId, exportedAt, phoneNumber, tables, withheld }: AccountData): AccountDataDto {
    return { userId, exportedAt, phoneNumber, tables, withheld };
  }
}
