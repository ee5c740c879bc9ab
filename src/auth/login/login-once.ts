import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { AppError } from '../../platform/errors/app-error.js';
import {
  FailedBeforeError,
  OneTimeResults,
  type OneTimeWork,
  UsedByAnotherError,
} from '../../platform/one-time/one-time-results.js';
import { SessionRepeats } from '../../sessions/refresh/session-repeats.js';
import { codeFailure } from '../../wechat/code-failures.js';
import { LoginCodeUsedError } from '../../wechat/wechat.errors.js';
import type { LoginResult, Origin } from './login-result.js';
import { repeatedFailure } from './repeated-failure.js';

/** A code from `wx.login`, and by which door it came. */
export interface CodeLogin {
  method: 'wechat' | 'phone';
  appId: string;
  code: string;
}

/** The two halves of a login: what uses the code up, and what is done for whom WeChat says it is. */
export interface LoginSteps<Identity> {
  exchange: () => Promise<Identity>;
  enter: (identity: Identity) => Promise<LoginResult>;
}

/** What is kept of a login: enough to answer it again. */
interface KeptLogin {
  method: CodeLogin['method'];
  sessionId: string;
  isNewUser: boolean;
}

const KEPT_SECONDS = 60;

/**
 * One login code, one session. WeChat cuts a request 5 s after its mini-program went to the background, and the code
 * is burnt all the same: the same device may ask again for a minute, on any process, and gets the same session.
 */
@Injectable()
export class LoginOnce {
  constructor(
    private readonly results: OneTimeResults,
    private readonly sessions: SessionRepeats,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Takes the steps for the code's first request, and repeats its answer for the later ones.
   * @throws LoginCodeUsedError to another device or at another door, LoginCodeInvalidError when the first try failed
   * and the code may be burnt, ServiceUnavailableError when the first takes too long, and whatever a step throws
   */
  async login<Identity>(login: CodeLogin, origin: Origin, steps: LoginSteps<Identity>): Promise<LoginResult> {
    let isBurnt = false;
    let first: LoginResult | undefined;
    const perform = async (): Promise<KeptLogin> => {
      const identity = await steps.exchange();
      isBurnt = true;
      first = await steps.enter(identity);
      return { method: login.method, sessionId: first.session.id, isNewUser: first.isNewUser };
    };
    const failureOf = (error: unknown) => (isBurnt ? codeOf(error) : codeFailure(error));
    const kept = await this.once(login, origin, { perform, failureOf });
    if (first) this.recordLogin(login, origin, first);
    return first ?? this.repeat(login, kept);
  }

  private async once(login: CodeLogin, origin: Origin, work: OneTimeWork<KeptLogin>): Promise<KeptLogin> {
    const { appId, code } = login;
    const use = { purpose: 'login', appId, code, requester: requesterOf(origin), keptSeconds: KEPT_SECONDS };
    try {
      return await this.results.once(use, work);
    } catch (error) {
      const refusal = refusalFor(error);
      this.recordRefusal(login, origin, { error, refusal });
      throw refusal;
    }
  }

  private async repeat({ method }: CodeLogin, kept: KeptLogin): Promise<LoginResult> {
    const session = kept.method === method ? await this.sessions.repeat(kept.sessionId) : null;
    if (!session) throw new LoginCodeUsedError();
    return { session, isNewUser: kept.isNewUser };
  }

  private recordLogin({ method, appId }: CodeLogin, { client }: Origin, { session, isNewUser }: LoginResult): void {
    const detail = { method, appId, isNewUser };
    const who = { userId: session.user.id, sessionId: session.id, client };
    this.audit.record({ type: 'login', outcome: 'ok', ...who, detail });
  }

  private recordRefusal(
    { method, appId }: CodeLogin,
    { client }: Origin,
    { error, refusal }: { error: unknown; refusal: unknown },
  ): void {
    const isIntercepted = error instanceof UsedByAnotherError;
    const reason = isIntercepted ? 'login_code_of_another_device' : codeOf(refusal);
    this.audit.record({ type: 'login', outcome: 'refused', client, detail: { method, appId, reason } });
  }
}

// A device is known by the random id it made for itself; one that sends none, by where it calls from.
function requesterOf({ client: { ipAddress, userAgent }, device }: Origin): string {
  return JSON.stringify(device?.id ? ['device', device.id] : ['address', ipAddress, userAgent]);
}

function refusalFor(error: unknown): unknown {
  if (error instanceof FailedBeforeError) return repeatedFailure(error.failure);
  return error instanceof UsedByAnotherError ? new LoginCodeUsedError({ cause: error }) : error;
}

function codeOf(error: unknown): string {
  return error instanceof AppError ? error.type.code : 'internal';
}
