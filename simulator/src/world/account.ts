import type { App } from './apps.js';
import { newSessionKey, openidOf, phoneOf, unionidOf } from './identifiers.js';

/** One user as one mini-program knows them. */
export class Account {
  openid: string;
  /** Given by hand, whatever the app is bound to. */
  explicitUnionid?: string;
  /** With "+" and the country code. */
  phone: string;
  /** Replaced with each new login code, as WeChat may do; absent when it has expired. */
  sessionKey?: string = newSessionKey();
  /** What getuserriskrank says, 0 to 4. */
  riskRank = 0;
  /** When the user last did something in the app. */
  activeAt = -Infinity;

  constructor(
    readonly user: string,
    readonly app: App,
  ) {
    this.openid = openidOf(user, app.id);
    this.phone = phoneOf(user);
  }

  /** Absent while the app is bound to no Open Platform account and none was given by hand. */
  get unionid(): string | undefined {
    const { openPlatform } = this.app;
    return this.explicitUnionid ?? (openPlatform ? unionidOf(this.user, openPlatform) : undefined);
  }

  renewSessionKey(): string {
    this.sessionKey = newSessionKey();
    return this.sessionKey;
  }
}
