import { IsString, Matches } from 'class-validator';
import type { GivenConsent } from '../consents/consents.js';

export class GiveConsentDto {
  /**
   * Which policy: lower-case letters, digits, `-` and `_`.
   * @example privacy
   */
  @Matches(/^[a-z][a-z0-9_-]{0,31}$/)
  @IsString()
  policy: string;

  /**
   * Which version of it: letters, digits, `.`, `-` and `_`.
   * @example 2026-11-01
   */
  @Matches(/^[A-Za-z0-9._-]{1,32}$/)
  @IsString()
  version: string;
}

/** That the caller agreed to one version of a policy. */
export class ConsentDto {
  /** @example privacy */
  policy: string;

  /** @example 2026-11-01 */
  version: string;

  /** @example 2026-11-23T02:53:35.123Z */
  givenAt: Date;

  /**
   * Null while it is in force.
   * @example 2026-11-24T10:15:00.000Z
   */
  withdrawnAt: Date | null;

  static from({ policy, version, givenAt, withdrawnAt }: GivenConsent): ConsentDto {
    return { policy, version, givenAt, withdrawnAt };
  }
}
