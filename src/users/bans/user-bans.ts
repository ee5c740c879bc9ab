import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { Statements } from '../../platform/database/database.js';
import { RequestInvalidError } from '../../platform/errors/request.errors.js';
import { FOREVER } from './ban.js';

/** Why somebody is kept out, and until when. */
export interface Ban {
  reason: string;
  /** Absent for good. */
  until?: Date;
}

const SET_BAN = 'UPDATE users SET banned_until = ?, ban_reason = ?, updated_at = ? WHERE id = ?';
const LIFT_BAN = `UPDATE users SET banned_until = NULL, ban_reason = NULL, updated_at = ?
  WHERE id = ? AND banned_until > ?`;

const OVER_ALREADY = {
  field: 'until',
  code: 'isFuture',
  message: { zh: '须晚于当前时间', en: 'must be in the future' },
};

/** The users' part of a ban, inside the transaction of whoever also ends the sessions. */
@Injectable()
export class UserBans {
  constructor(private readonly clock: Clock) {}

  /**
   * In place of a ban they may have already.
   * @throws RequestInvalidError when it would be over already
   */
  async set(statements: Statements, userId: string, { reason, until = FOREVER }: Ban): Promise<void> {
    const now = this.clock.now();
    if (until <= now) throw new RequestInvalidError({ fields: [OVER_ALREADY] });
    await statements.write(SET_BAN, [until, reason, now, userId]);
  }

  /** False when no ban was in force. */
  async lift(statements: Statements, userId: string): Promise<boolean> {
    const now = this.clock.now();
    return (await statements.write(LIFT_BAN, [now, userId, now])).affected === 1;
  }
}
