import { FaultList } from '../faults/fault-list.js';
import { AccessTokens } from './access-tokens.js';
import type { Account } from './account.js';
import { Accounts } from './accounts.js';
import { Apps, type App } from './apps.js';
import { CallLog } from './call-log.js';
import { Clock } from './clock.js';
import { DayQuotas } from './day-quotas.js';
import { IssuedCodes } from './issued-codes.js';
import { DAY_MS, MINUTE_MS, Quota } from './quota.js';

/** https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session.html (errcode 45011) */
export const LOGINS_PER_USER_AND_MINUTE = 100;

export interface WorldOptions {
  apps: readonly App[];
  now: () => number;
  loginsPerMinute: number;
}

/** What the phone button stands for. */
export interface PhoneConsent {
  readonly account: Account;
  /** With "+" and the country code. */
  readonly phone: string;
}

/** All that the simulator remembers, and nothing about HTTP. */
export class World {
  readonly clock: Clock;
  apps!: Apps;
  accounts!: Accounts;
  accessTokens!: AccessTokens;
  loginCodes!: IssuedCodes<Account>;
  phoneCodes!: IssuedCodes<PhoneConsent>;
  faults!: FaultList;
  calls!: CallLog;
  dayQuotas!: DayQuotas;
  /** Logins by one user in a minute. */
  loginQuota!: Quota<Account>;
  /** https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-access-token/api_getstableaccesstoken.html */
  stableTokenQuota!: Quota<string>;
  forcedTokenQuota!: Quota<string>;
  /** https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_resetusersessionkey.html */
  sessionKeyResetQuota!: Quota<string>;

  constructor(private readonly options: WorldOptions) {
    this.clock = new Clock(options.now);
    this.reset();
  }

  /** Forgets everything but the apps as they were given. */
  reset(): void {
    const { clock } = this;
    clock.offsetSeconds = 0;
    this.apps = new Apps(this.options.apps);
    this.accounts = new Accounts();
    this.accessTokens = new AccessTokens(clock);
    this.loginCodes = new IssuedCodes(clock);
    this.phoneCodes = new IssuedCodes(clock);
    this.faults = new FaultList();
    this.calls = new CallLog(clock);
    this.resetQuotas();
  }

  private resetQuotas(): void {
    const { clock } = this;
    this.dayQuotas = new DayQuotas(clock);
    this.loginQuota = new Quota({ clock, windowMs: MINUTE_MS, limitOf: () => this.options.loginsPerMinute });
    this.stableTokenQuota = new Quota({ clock, windowMs: MINUTE_MS, limitOf: () => 10_000 });
    this.forcedTokenQuota = new Quota({ clock, windowMs: DAY_MS, limitOf: () => 20 });
    this.sessionKeyResetQuota = new Quota({ clock, windowMs: MINUTE_MS, limitOf: () => 60_000 });
  }
}
