import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database, type Statements } from '../platform/database/database.js';
import { type EndedSession, type Ending, EndingNews } from './ending-news.js';
import { EndedSessions } from './live/ended-sessions.js';
import { SessionStore } from './session-store.js';
import { SessionNotFoundError } from './sessions.errors.js';

/** Why all sessions of a user are to end, and which may stay. */
export interface EndingOfAll extends Ending {
  /** Id of the one session that stays. */
  except?: string;
}

const NONE = '';

/** Ends sessions: on their row, in this process's memory at once, in the audit trail. */
@Injectable()
export class SessionEndings {
  constructor(
    private readonly store: SessionStore,
    private readonly ended: EndedSessions,
    private readonly news: EndingNews,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** False when there was nothing to end. */
  async end(session: { id: string; userId: string }, ending: Ending): Promise<boolean> {
    const now = this.clock.now();
    const isEnded = await this.store.end(session, ending.reason, now);
    if (isEnded) this.announce({ ...session, endedAt: now }, ending);
    return isEnded;
  }

  /**
   * Like `end`; a session that has ended before is not an error.
   * @throws SessionNotFoundError when the user never had it
   */
  async endKnown(session: { id: string; userId: string }, ending: Ending): Promise<void> {
    if (await this.end(session, ending)) return;
    if (!(await this.store.exists(session))) throw new SessionNotFoundError();
  }

  /** Ends every session of the user but the one that may stay. */
  async endAll(userId: string, { except = NONE, ...ending }: EndingOfAll): Promise<void> {
    const now = this.clock.now();
    const ids = await this.store.endOthers({ id: except, userId }, { reason: ending.reason, now });
    for (const id of ids) this.announce({ id, userId, endedAt: now }, ending);
  }

  /**
   * Does `change`, and ends the sessions of the user with it or neither: in one transaction. When it says false, none
   * ends.
   */
  async endAllWith(
    userId: string,
    { except = NONE, ...ending }: EndingOfAll,
    change: (statements: Statements) => Promise<boolean>,
  ): Promise<void> {
    const now = this.clock.now();
    const ids = await this.database.transaction(async (statements) => {
      if (!(await change(statements))) return [];
      return this.store.endOthers({ id: except, userId }, { reason: ending.reason, now }, statements);
    });
    for (const id of ids) this.announce({ id, userId, endedAt: now }, ending);
  }

  /** Ends those sessions of the user that `choose` names, in one transaction with it. */
  async endSome(userId: string, ending: Ending, choose: (statements: Statements) => Promise<string[]>): Promise<void> {
    const now = this.clock.now();
    const ids = await this.database.transaction(async (statements) => {
      const chosen = await choose(statements);
      return chosen.length
        ? this.store.endSome(statements, { ids: chosen, userId }, { reason: ending.reason, now })
        : [];
    });
    for (const id of ids) this.announce({ id, userId, endedAt: now }, ending);
  }

  /**
   * Until then the rows of sessions that end now have to stay: other processes read from them that their access tokens
   * are no longer good.
   */
  neededUntil(): Date {
    return this.ended.forgetsAt(this.clock.now());
  }

  private announce(session: EndedSession, ending: Ending): void {
    this.ended.add(session.id, session.endedAt);
    this.news.record(session, ending);
  }
}
