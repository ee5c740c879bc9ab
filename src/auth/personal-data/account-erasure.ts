import { Injectable } from '@nestjs/common';
import { Database, type Statements } from '../../platform/database/database.js';
import { type GoneSession, SessionErasure } from '../../sessions/erasure/session-erasure.js';
import { UserErasure } from '../../users/erasure/user-erasure.js';
import { ActingAdmins } from '../standing/acting-admins.js';
import { actorOf, type UserAct } from '../standing/user-act.js';
import { Traces } from './traces.js';

/** At whose request somebody is erased. */
export interface ErasureAct extends Pick<UserAct, 'by'> {
  method: 'user' | 'admin' | 'operator';
}

/** Erases people: their account and everything that hangs on it, in one transaction, for good. */
@Injectable()
export class AccountErasure {
  constructor(
    private readonly database: Database,
    private readonly admins: ActingAdmins,
    private readonly sessions: SessionErasure,
    private readonly users: UserErasure,
    private readonly traces: Traces,
  ) {}

  /**
   * Afterwards nothing in the database tells who they were, and every process refuses their access tokens.
   * @param userIds of one person, the one they live on under first
   * @throws UserNotFoundError when somebody was faster, OwnAccountError, ForbiddenError, LastAdminError
   */
  async erase(userIds: [string, ...string[]], { by, method }: ErasureAct): Promise<void> {
    const [userId] = userIds;
    const actor = actorOf(by);
    await this.traces.writeWaiting();
    const gone = await this.database.transaction(async (statements) => {
      await this.admins.requireOther(statements, userId, actor.actorId);
      await this.users.lock(statements, userId);
      const sessions = await this.sessions.erase(statements, userId);
      await this.users.eraseUser(statements, userId);
      await this.traces.erase(statements, userIds, { userId, ...actor, detail: { method } });
      return sessions;
    });
    await this.finish(userIds, gone);
  }

  /**
   * The same for somebody whom WeChat has told to be gone, in the transaction of that task, unless they have found a
   * way back in. `finish` has to follow.
   */
  async eraseUnreachable(statements: Statements, userId: string, detail: object): Promise<GoneSession[] | null> {
    if (!(await this.users.isUnreachable(statements, userId))) return null;
    const gone = await this.sessions.erase(statements, userId);
    await this.users.eraseUser(statements, userId);
    await this.traces.erase(statements, [userId], { userId, detail: { ...detail, method: 'wechat' } });
    return gone;
  }

  /** Once the transaction has ended. */
  async finish(userIds: string[], gone: GoneSession[]): Promise<void> {
    this.sessions.announce(gone);
    await this.traces.forgetAttempts(userIds);
  }
}
