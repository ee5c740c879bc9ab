import { Injectable } from '@nestjs/common';
import { answeredWithin } from '../../platform/database/deadline.js';
import type { Caller } from '../../platform/identity/caller.js';
import { SessionStore } from '../session-store.js';
import { SessionEndedError } from '../sessions.errors.js';
import { EndedSessions } from './ended-sessions.js';
import { SessionActivity } from './session-activity.js';

const CHECK_WITHIN_MS = 2_000;

/** Asked once for each authenticated request; answers from memory, and from the database while the memory is stale. */
@Injectable()
export class LiveSessions {
  constructor(
    private readonly ended: EndedSessions,
    private readonly activity: SessionActivity,
    private readonly store: SessionStore,
  ) {}

  /**
   * Lets the caller in and notes that the session is in use.
   * @throws SessionEndedError; DatabaseBusyError and the like when neither memory nor database can tell
   */
  async admit(caller: Caller): Promise<void> {
    const { sessionId } = caller;
    if (this.ended.has(sessionId)) throw new SessionEndedError();
    if (this.ended.isStale() && !(await this.isOpen(sessionId))) throw new SessionEndedError();
    this.activity.note(caller);
  }

  private isOpen(sessionId: string): Promise<boolean> {
    return answeredWithin(CHECK_WITHIN_MS, this.store.isOpen(sessionId));
  }
}
