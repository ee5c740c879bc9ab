import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Statements } from '../../platform/database/database.js';
import { isDuplicateKey } from '../../platform/database/database-errors.js';
import { Phones } from '../phones/phones.js';
import { newUser, type UserSummary } from '../user-summary.js';
import { PhoneTakenError } from '../users.errors.js';
import { type WechatLogin, WechatStore } from './wechat-store.js';

const INSERT_USER = 'INSERT INTO users (role, created_at, updated_at) VALUES (?, ?, ?)';

/** Makes the user of a WeChat account that nobody knows, with what WeChat says about them, all or nothing. */
@Injectable()
export class WechatRegistration {
  constructor(
    private readonly database: Database,
    private readonly store: WechatStore,
    private readonly phones: Phones,
    private readonly clock: Clock,
  ) {}

  /** Null when another request was faster: its transaction has ended and so has ours, so that a new read sees it. */
  async create(login: WechatLogin): Promise<UserSummary | null> {
    try {
      return await this.database.transaction((statements) => this.insert(login, statements));
    } catch (error) {
      if (isDuplicateKey(error) || error instanceof PhoneTakenError) return null;
      throw error;
    }
  }

  // What several accounts of one person have in common comes before the account, so that they queue at one key and the
  // first of them is never rolled back.
  private async insert(login: WechatLogin, statements: Statements): Promise<UserSummary> {
    const now = this.clock.now();
    const { insertId: id } = await statements.write(INSERT_USER, ['user', now, now]);
    const user = newUser(id, now);
    await this.store.insertUnion(id, login, statements);
    const reachable = login.phone ? await this.phones.set(user, login.phone, statements) : user;
    await this.store.insertAccount(id, login, statements);
    return reachable;
  }
}
