import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { asDate, Database, type Statements } from '../../platform/database/database.js';
import type { Caller } from '../../platform/identity/caller.js';
import { survivor } from '../../users/merging/survivor.js';
import { ReauthenticationRequiredError, SessionEndedError } from '../sessions.errors.js';
import { SessionsConfig } from '../sessions.config.js';

export const FIND_AUTHENTICATED_AT = `SELECT COALESCE(authenticated_at, created_at) AS at,
  first_generation FROM sessions
  WHERE id = ? AND user_id = ${survivor()} AND ended_at IS NULL`;
export const RENEW_AUTHENTICATED_AT = `UPDATE sessions SET authenticated_at = ?, updated_at = ?
  WHERE id = ? AND user_id = ${survivor()} AND ended_at IS NULL`;

interface AuthenticationRow {
  at: Date | string;
  first_generation: number;
}

/**
 * When the caller last proved who they are, in this session: at the login or since, never by a refresh. Whoever finds a
 * phone unlocked, or a token, can use the account, but not take it over.
 */
@Injectable()
export class RecentLogin {
  constructor(
    private readonly database: Database,
    private readonly config: SessionsConfig,
    private readonly clock: Clock,
  ) {}

  /** @throws ReauthenticationRequiredError, SessionEndedError */
  async require({ sessionId, userId, generation }: Caller): Promise<void> {
    const [row] = await this.database.rows<AuthenticationRow>(FIND_AUTHENTICATED_AT, [sessionId, userId]);
    if (!row) throw new SessionEndedError();
    const age = this.clock.now().getTime() - asDate(row.at).getTime();
    // Somebody logged in again on this device; an access token from before does not gain by it.
    const isFromBefore = generation < row.first_generation;
    if (isFromBefore || age > this.config.recentLoginSeconds * 1000) throw new ReauthenticationRequiredError();
  }

  /**
   * The caller has just proved it again.
   * @throws SessionEndedError
   */
  async renew({ sessionId, userId }: Caller, statements: Statements = this.database): Promise<void> {
    const now = this.clock.now();
    const { affected } = await statements.write(RENEW_AUTHENTICATED_AT, [now, now, sessionId, userId]);
    if (affected !== 1) throw new SessionEndedError();
  }
}
