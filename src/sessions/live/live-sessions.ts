import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/identity/caller.js';
import { SessionEndedError } from '../sessions.errors.js';
import { EndedSessions } from './ended-sessions.js';
import { SessionActivity } from './session-activity.js';

/** Asked once for each authenticated request; answers from memory. */
@Injectable()
export class LiveSessions {
  constructor(
    private readonly ended: EndedSessions,
    private readonly activity: SessionActivity,
  ) {}

  /**
   * Lets the caller in and notes that the session is in use.
   * @throws SessionEndedError
   */
  admit(caller: Caller): void {
    if (this.ended.has(caller.sessionId)) throw new SessionEndedError();
    this.activity.note(caller);
  }
}
