import { Injectable } from '@nestjs/common';
import { Database, type Statements } from '../../platform/database/database.js';
import { isDuplicateKey } from '../../platform/database/database-errors.js';
import { UserErasure } from '../erasure/user-erasure.js';
import { WechatAlreadyBoundError, WechatNotBoundError } from '../users.errors.js';
import { type WechatLogin, WechatStore } from './wechat-store.js';

const FIND_OPENIDS = 'SELECT openid FROM wechat_accounts WHERE user_id = ? AND app_id = ?';

/** Ties WeChat accounts to users who exist, and unties them: of each mini-program one. */
@Injectable()
export class WechatBinding {
  constructor(
    private readonly database: Database,
    private readonly store: WechatStore,
    private readonly erasure: UserErasure,
  ) {}

  /**
   * True when the account is this user's already.
   * @throws WechatAlreadyBoundError when it, or its unionid, is somebody else's
   */
  async isBound(userId: string, login: WechatLogin): Promise<boolean> {
    const owner = (await this.store.renew(login))?.user ?? (await this.store.findUnionUser(login));
    if (owner && owner.id !== userId) throw new WechatAlreadyBoundError();
    return (await this.openidsOf(this.database, userId, login.appId)).includes(login.openid);
  }

  /** @throws WechatAlreadyBoundError */
  async bind(statements: Statements, userId: string, login: WechatLogin): Promise<void> {
    const openids = await this.openidsOf(statements, userId, login.appId);
    if (openids.length) throw new WechatAlreadyBoundError({ detail: ANOTHER_HERE });
    const unionUser = await this.store.findUnionUser(login, statements);
    if (unionUser && unionUser.id !== userId) throw new WechatAlreadyBoundError();
    try {
      if (!unionUser) await this.store.insertUnion(userId, login, statements);
      await this.store.insertAccount(userId, login, statements);
    } catch (error) {
      throw isDuplicateKey(error) ? new WechatAlreadyBoundError({ cause: error }) : error;
    }
  }

  /** @throws WechatNotBoundError */
  async unbind(statements: Statements, userId: string, appId: string): Promise<void> {
    const openids = await this.openidsOf(statements, userId, appId);
    if (!openids.length) throw new WechatNotBoundError();
    for (const openid of openids) await this.erasure.eraseWechatAccount({ appId, openid }, userId, statements);
  }

  private async openidsOf(statements: Statements, userId: string, appId: string): Promise<string[]> {
    const rows = await statements.rows<{ openid: string }>(FIND_OPENIDS, [userId, appId]);
    return rows.map(({ openid }) => openid);
  }
}

const ANOTHER_HERE = {
  zh: '该账号在此小程序已绑定另一个微信，请先解绑',
  en: 'Another WeChat account of this mini-program is bound: unbind it first',
};
