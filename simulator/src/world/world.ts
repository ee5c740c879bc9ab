import { FaultList } from '../faults/fault-list.js';
import { Accounts, type Account } from './accounts.js';
import { Apps, type App } from './apps.js';
import { CallLog } from './call-log.js';
import { Clock } from './clock.js';
import { LoginCodes } from './login-codes.js';
import { MinuteQuota } from './minute-quota.js';

/** https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session.html (errcode 45011) */
export const LOGINS_PER_USER_AND_MINUTE = 100;

export interface WorldOptions {
  apps: readonly App[];
  now: () => number;
  loginsPerMinute: number;
}

/** All that the simulator remembers, and nothing about HTTP. */
export class World {
  readonly apps: Apps;
  readonly clock: Clock;
  accounts!: Accounts;
  loginCodes!: LoginCodes;
  loginQuota!: MinuteQuota<Account>;
  faults!: FaultList;
  calls!: CallLog;

  private readonly loginsPerMinute: number;

  constructor({ apps, now, loginsPerMinute }: WorldOptions) {
    this.apps = new Apps(apps);
    this.clock = new Clock(now);
    this.loginsPerMinute = loginsPerMinute;
    this.reset();
  }

  /** Forgets everything but the apps. */
  reset(): void {
    this.clock.offsetSeconds = 0;
    this.accounts = new Accounts();
    this.loginCodes = new LoginCodes(this.clock);
    this.loginQuota = new MinuteQuota(this.clock, this.loginsPerMinute);
    this.faults = new FaultList();
    this.calls = new CallLog(this.clock);
  }
}
