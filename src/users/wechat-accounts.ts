import { Injectable } from '@nestjs/common';
import { AuditLog } from '../platform/audit/audit-log.js';
import { isDuplicateKey } from '../platform/database/database-errors.js';
import { Phones } from './phones/phones.js';
import type { UserSummary } from './user-summary.js';
import { PhoneTakenError } from './users.errors.js';
import { WechatRegistration } from './wechat/wechat-registration.js';
import { type WechatLogin, WechatStore } from './wechat/wechat-store.js';

const TRIES = 4; // account, union and phone can each be taken once by a faster request

/**
 * Finds or makes the user behind a WeChat login. Two statements for someone known, five for someone new, two more for
 * someone new with a unionid.
 */
@Injectable()
export class WechatAccounts {
  constructor(
    private readonly store: WechatStore,
    private readonly registration: WechatRegistration,
    private readonly phones: Phones,
    private readonly audit: AuditLog,
  ) {}

  /**
   * The user of this WeChat account. An account that is not known belongs to whom its unionid names, then to whom its
   * verified phone number names, and otherwise to a new user. The new session_key is kept encrypted.
   */
  async findOrCreateUser(login: WechatLogin): Promise<{ user: UserSummary; isNewUser: boolean }> {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const known = (await this.renew(login)) ?? (await this.attach(login));
      if (known) return { user: await this.completePhone(known, login), isNewUser: false };
      const user = await this.registration.create(login);
      if (user) return { user, isNewUser: true };
    }
    throw new Error('A WeChat account exists and cannot be found');
  }

  private async renew(login: WechatLogin): Promise<UserSummary | null> {
    const known = await this.store.renew(login);
    if (!known) return null;
    if (known.unionUserId === null) await this.completeUnion(known.user, login);
    else this.noteUnion(known.user, known.unionUserId, login);
    return known.user;
  }

  private async attach(login: WechatLogin): Promise<UserSummary | null> {
    const unionUser = await this.store.findUnionUser(login);
    const user = unionUser ?? (login.phone ? await this.phones.findUser(login.phone) : null);
    if (!user) return null;
    if (!(await isFirst(this.store.insertAccount(user.id, login)))) return this.renew(login);
    const detail = { appId: login.appId, by: unionUser ? 'unionid' : 'phone' };
    this.audit.record({ type: 'wechat.attached', outcome: 'ok', userId: user.id, detail });
    if (!unionUser) await this.completeUnion(user, login);
    return user;
  }

  // A unionid that appears later is tied to the user of the account, unless someone else was faster.
  private async completeUnion(user: UserSummary, login: WechatLogin): Promise<void> {
    if (await isFirst(this.store.insertUnion(user.id, login))) return;
    const unionUser = await this.store.findUnionUser(login);
    if (unionUser) this.noteUnion(user, unionUser.id, login);
  }

  // Two users who are one person to WeChat: only an admin may merge them.
  private noteUnion(user: UserSummary, unionUserId: string, { appId }: WechatLogin): void {
    if (unionUserId === user.id) return;
    const detail = { appId, unionUserId };
    this.audit.record({ type: 'union.conflict', outcome: 'refused', userId: user.id, detail });
  }

  // A login may add the first number; to change it is a door of its own.
  private async completePhone(user: UserSummary, { appId, phone }: WechatLogin): Promise<UserSummary> {
    if (!phone || user.phone) return user;
    try {
      return await this.phones.set(user, phone);
    } catch (error) {
      if (!(error instanceof PhoneTakenError)) throw error;
      this.audit.record({ type: 'phone.conflict', outcome: 'refused', userId: user.id, detail: { appId } });
      return user;
    }
  }
}

/** False when the unique key already holds the row. */
async function isFirst(insert: Promise<void>): Promise<boolean> {
  try {
    await insert;
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
