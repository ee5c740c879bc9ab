import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { Statements } from '../../platform/database/database.js';
import { WechatConfig } from '../../wechat/wechat.config.js';
import { LastCredentialError, UserNotFoundError } from '../users.errors.js';

const LOCK = 'UPDATE users SET updated_at = ? WHERE id = ? AND merged_into IS NULL';
const HAS_PASSWORD = 'u.password_hash IS NOT NULL AND (u.username_key IS NOT NULL OR u.email IS NOT NULL)';
const hasWay = (apps: number) => `SELECT 1 FROM users u WHERE u.id = ? AND (${HAS_PASSWORD} OR u.phone_hash IS NOT NULL
  OR EXISTS (SELECT 1 FROM wechat_accounts a WHERE a.user_id = u.id AND a.app_id IN (${places(apps)})))`;

/** Sees to it that nobody removes their last way to log in: a password, WeChat in a mini-program of ours, a phone number. */
@Injectable()
export class LoginWays {
  private readonly appIds: string[];

  constructor(
    private readonly clock: Clock,
    wechat: WechatConfig,
  ) {
    this.appIds = [...wechat.appIds, '']; // a list for IN is never empty
  }

  /**
   * Until the transaction ends no other change of this user's ways is under way. Before its first read, so that it
   * reads what the change before it has left.
   * @throws UserNotFoundError
   */
  async lock(statements: Statements, userId: string): Promise<void> {
    const { affected } = await statements.write(LOCK, [this.clock.now(), userId]);
    if (affected !== 1) throw new UserNotFoundError();
  }

  /** @throws LastCredentialError */
  async requireOne(statements: Statements, userId: string): Promise<void> {
    const rows = await statements.rows(hasWay(this.appIds.length), [userId, ...this.appIds]);
    if (!rows.length) throw new LastCredentialError();
  }
}

function places(count: number): string {
  return Array(count).fill('?').join(', ');
}
