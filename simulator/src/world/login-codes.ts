import type { Account } from './accounts.js';
import type { Clock } from './clock.js';
import { newLoginCode, newSessionKey } from './identifiers.js';

/** https://developers.weixin.qq.com/miniprogram/dev/api/open-api/login/wx.login.html */
const LIFETIME_MS = 5 * 60_000;

/** What `wx.login` gives the mini-program. */
export interface LoginCode {
  readonly code: string;
  readonly account: Account;
  readonly expiresAt: number;
  used: boolean;
}

/** The login codes that have not expired; a used one is kept, because WeChat can tell used from unknown. */
export class LoginCodes {
  private readonly byCode = new Map<string, LoginCode>();

  constructor(private readonly clock: Clock) {}

  /** Makes a code and, with it, a new session_key for the account. */
  issue(account: Account): LoginCode {
    this.forgetExpired();
    account.sessionKey = newSessionKey();
    const login = { code: newLoginCode(), account, expiresAt: this.clock.now() + LIFETIME_MS, used: false };
    this.byCode.set(login.code, login);
    return login;
  }

  find(code: string): LoginCode | undefined {
    const login = this.byCode.get(code);
    return login && !this.hasExpired(login) ? login : undefined;
  }

  /** The newest codes that have not expired, oldest of them first. */
  latest(count: number): LoginCode[] {
    return [...this.byCode.values()].filter((login) => !this.hasExpired(login)).slice(-count);
  }

  private forgetExpired(): void {
    for (const login of this.byCode.values()) {
      if (!this.hasExpired(login)) return; // the rest is younger
      this.byCode.delete(login.code);
    }
  }

  private hasExpired(login: LoginCode): boolean {
    return this.clock.now() >= login.expiresAt;
  }
}
