import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { ENVIRONMENT, type Environment } from '../../platform/config/environment.js';
import type { KeyHolder } from '../../wechat/conversations/session-keys.js';
import { WechatClient } from '../../wechat/wechat.client.js';
import { SessionKeyStaleError, WechatAppUnknownError } from '../../wechat/wechat.errors.js';
import { WechatNotBoundError } from '../users.errors.js';
import { UsersService } from '../users.service.js';

/** A key, and whether WeChat has just confirmed it: never log or answer it. */
export interface TrustedKey extends KeyHolder {
  isConfirmed: boolean;
}

// WeChat replaces the key when it likes, at the latest with the next wx.login; so long it may be taken for current.
const TRUSTED_MS = 5 * 60 * 1000;

/** The session_keys of users: asked about before they are trusted, forgotten when WeChat has replaced them. */
@Injectable()
export class UserSessionKeys {
  constructor(
    private readonly users: UsersService,
    private readonly wechat: WechatClient,
    private readonly clock: Clock,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /**
   * The user's key in one mini-program, or in the one last used; an old one is confirmed by WeChat first.
   * @throws WechatAppUnknownError, WechatNotBoundError, SessionKeyStaleError, WechatUnavailableError,
   * WechatMisconfiguredError
   */
  async getTrusted(userId: string, appId?: string): Promise<TrustedKey> {
    const account = await this.getAccount(userId, appId);
    const { openid, sessionKey, sessionKeyAt } = account;
    if (sessionKey === null || sessionKeyAt === null) throw new SessionKeyStaleError();
    const holder = { appId: account.appId, openid, sessionKey };
    const isFresh = this.clock.now().getTime() - sessionKeyAt.getTime() <= TRUSTED_MS;
    if (!isFresh) await this.confirm(userId, holder);
    return { ...holder, isConfirmed: !isFresh };
  }

  /** @throws SessionKeyStaleError when WeChat has replaced the key, which is forgotten then */
  async confirm(userId: string, holder: KeyHolder): Promise<void> {
    if (await this.wechat.isSessionKeyValid(holder)) return;
    await this.forget(userId, holder);
    throw new SessionKeyStaleError();
  }

  /** The user's account in one mini-program, or in the one last used. */
  async getAccount(userId: string, appId?: string) {
    if (typeof appId === 'string' && !this.appIds().includes(appId)) throw new WechatAppUnknownError();
    const account = await this.users.findWechatAccount(userId, appId ?? undefined);
    if (!account) throw new WechatNotBoundError();
    return account;
  }

  /** Ends the user's keys in every mini-program, at WeChat and here. */
  async resetAll(userId: string): Promise<void> {
    for (const appId of this.appIds()) {
      const account = await this.users.findWechatAccount(userId, appId);
      if (account?.sessionKey) await this.reset(userId, { ...account, sessionKey: account.sessionKey });
    }
  }

  // The new key is not kept: the next login brings one.
  private async reset(userId: string, holder: KeyHolder): Promise<void> {
    await this.wechat.resetSessionKey(holder);
    await this.forget(userId, holder);
  }

  // A login may have brought another key meanwhile, which has to stay.
  private async forget(userId: string, { appId, openid, sessionKey }: KeyHolder): Promise<void> {
    const account = await this.users.findWechatAccount(userId, appId);
    if (account?.sessionKey === sessionKey) await this.users.replaceSessionKey({ appId, openid }, null);
  }

  private appIds(): string[] {
    return this.environment.WECHAT_APPS.map(({ id }) => id);
  }
}
