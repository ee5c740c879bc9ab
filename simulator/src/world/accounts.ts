import type { App } from './apps.js';
import { newSessionKey, openidOf, unionidOf } from './identifiers.js';

/** One user as one mini-program knows them. */
export interface Account {
  readonly user: string;
  readonly appId: string;
  openid: string;
  /** Absent when the app is bound to no Open Platform account and none was given by hand. */
  unionid?: string;
  /** Replaced with each new login code, as WeChat may do. */
  sessionKey: string;
}

/** Everyone who was ever mentioned. */
export class Accounts {
  private readonly byUserAndApp = new Map<string, Account>();

  get size(): number {
    return this.byUserAndApp.size;
  }

  /** Finds the user's account in the app, or makes it on first mention. */
  of(user: string, app: App): Account {
    const key = `${app.id}/${user}`;
    const known = this.byUserAndApp.get(key);
    if (known) return known;
    const account = newAccount(user, app);
    this.byUserAndApp.set(key, account);
    return account;
  }

  /** Compares openids as WeChat does, letter case included. */
  findByOpenid(appId: string, openid: string): Account | undefined {
    return [...this.byUserAndApp.values()].find((account) => account.appId === appId && account.openid === openid);
  }

  /** The newest accounts, oldest of them first. */
  latest(count: number): Account[] {
    return [...this.byUserAndApp.values()].slice(-count);
  }
}

function newAccount(user: string, app: App): Account {
  return {
    user,
    appId: app.id,
    openid: openidOf(user, app.id),
    ...(app.openPlatform && { unionid: unionidOf(user, app.openPlatform) }),
    sessionKey: newSessionKey(),
  };
}
