import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Database, type Statements } from '../../platform/database/database.js';
import { SessionMoving } from '../../sessions/session-moving.js';
import { type MergePair, UserMerging, type UserMoves } from '../../users/merging/user-merging.js';
import { actorOf, type AdminAct } from '../standing/user-act.js';

/** Which users to merge. */
export interface MergeRequest extends MergePair {
  /** Only say what would move. */
  dryRun?: boolean;
}

/** What a merge has moved, or would move. */
export interface MergeReport extends MergePair {
  dryRun: boolean;
  alreadyMerged: boolean;
  moves: UserMoves & { sessions: number };
}

const NOTHING = { wechatAccounts: 0, unions: 0, sessions: 0, username: false, email: false, phone: false };

/** Makes one user of two that are one person. Each feature moves its own rows, all of them in one transaction. */
@Injectable()
export class UserMerge {
  constructor(
    private readonly database: Database,
    private readonly users: UserMerging,
    private readonly sessions: SessionMoving,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Merges the first user into the second; again it changes nothing.
   * @throws UserNotFoundError, MergeConflictError
   */
  async merge({ dryRun = false, ...ids }: MergeRequest, by: AdminAct): Promise<MergeReport> {
    const pair = await this.users.resolve(ids);
    const moves = await this.database.transaction((statements) =>
      dryRun ? this.plan(statements, pair) : this.carryOut(statements, pair),
    );
    if (moves && !dryRun) this.record(pair, moves, by);
    return { ...pair, dryRun, alreadyMerged: moves === null, moves: moves ?? NOTHING };
  }

  private async carryOut(statements: Statements, pair: MergePair): Promise<MergeReport['moves'] | null> {
    await this.users.lock(statements, pair);
    const moves = await this.plan(statements, pair);
    if (!moves) return null;
    await this.users.move(statements, pair);
    await this.sessions.move(statements, pair);
    return moves;
  }

  private async plan(statements: Statements, pair: MergePair): Promise<MergeReport['moves'] | null> {
    const moves = await this.users.plan(statements, pair);
    return moves && { ...moves, sessions: await this.sessions.count(statements, pair.from) };
  }

  private record(pair: MergePair, moves: MergeReport['moves'], by: AdminAct): void {
    const detail = { from: pair.from, ...moves };
    this.audit.record({ type: 'user.merged', outcome: 'ok', userId: pair.into, ...actorOf(by), detail });
  }
}
