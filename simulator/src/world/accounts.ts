import { Account } from './account.js';
import type { App } from './apps.js';

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
    const account = new Account(user, app);
    this.byUserAndApp.set(key, account);
    return account;
  }

  /** Compares openids as WeChat does, letter case included. */
  findByOpenid(appId: string, openid: string): Account | undefined {
    return [...this.byUserAndApp.values()].find((account) => account.app.id === appId && account.openid === openid);
  }

  /** The newest accounts, oldest of them first. */
  latest(count: number): Account[] {
    return [...this.byUserAndApp.values()].slice(-count);
  }
}
