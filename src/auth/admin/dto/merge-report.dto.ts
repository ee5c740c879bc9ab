import type { MergeReport } from '../user-merge.js';

/** What goes from one user to the other. */
export class MergeMovesDto {
  /** @example 1 */
  wechatAccounts: number;

  /**
   * Unionids that name the user.
   * @example 1
   */
  unions: number;

  /**
   * Ended ones too.
   * @example 3
   */
  sessions: number;

  /** With its password. */
  username: boolean;

  /** The e-mail address. */
  email: boolean;

  /** The phone number. */
  phone: boolean;
}

/** What a merge has moved, or would move. */
export class MergeReportDto {
  /**
   * The user that is merged away; the id resolves to the other one from then on.
   * @example 2048
   */
  from: string;

  /**
   * The user that lives on.
   * @example 1024
   */
  into: string;

  /** True when nothing was changed. */
  dryRun: boolean;

  /** True when the two were merged before. */
  alreadyMerged: boolean;

  moves: MergeMovesDto;

  static from({ from, into, dryRun, alreadyMerged, moves }: MergeReport): MergeReportDto {
    const { wechatAccounts, unions, sessions, username, email, phone } = moves;
    const listed = { wechatAccounts, unions, sessions, username, email, phone };
    return { from, into, dryRun, alreadyMerged, moves: listed };
  }
}
