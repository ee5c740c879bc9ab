import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { AppError } from '../../platform/errors/app-error.js';
import { FailedBeforeError, OneTimeResults, UsedByAnotherError } from '../../platform/one-time/one-time-results.js';
import { SessionRepeats } from '../../sessions/refresh/session-repeats.js';
import { wasNeverSent } from '../../wechat/was-never-sent.js';
import { LoginCodeUsedError, WechatMisconfiguredError, WechatRateLimitedError } from '../../wechat/wechat.errors.js';
import type { LoginResult, Origin } from './login-result.js';
import { repeatedFailure } from './repeated-failure.js';

/** A code from `wx.login`, and by which door it came. */
export interface CodeLogin {
  method: 'wechat' | 'phone';
  appId: string;
  code: string;
}

/** What is kept of a login: enough to answer it again. */
interface KeptLogin {
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
   * Runs `perform` for the code's first request, and repeats its answer for the later ones.
   * @throws LoginCodeUsedError to another device, LoginCodeInvalidError when the first try failed and the code may be
   * burnt, ServiceUnavailableError when the first takes too long, and whatever `perform` throws
   */
  async login(login: CodeLogin, origin: Origin, perform: () => Promise<LoginResult>): Promise<LoginResult> {
    let first: LoginResult | undefined;
    const performFirst = async (): Promise<KeptLogin> => {
      first = await perform();
      return { sessionId: first.session.id, isNewUser: first.isNewUser };
    };
    const kept = await this.once(login, origin, performFirst);
    if (first) this.recordLogin(login, origin, first);
    return first ?? this.repeat(kept);
  }

  private async once(login: CodeLogin, origin: Origin, perform: () => Promise<KeptLogin>): Promise<KeptLogin> {
    const { appId, code } = login;
    const use = { purpose: 'login', appId, code, requester: requesterOf(origin), keptSeconds: KEPT_SECONDS };
    try {
      return await this.results.once(use, { perform, failureOf });
    } catch (error) {
      const refusal = refusalFor(error);
      this.recordRefusal(login, origin, { error, refusal });
      throw refusal;
    }
  }

  private async repeat({ sessionId, isNewUser }: KeptLogin): Promise<LoginResult> {
    const session = await this.sessions.repeat(sessionId);
    if (!session) throw new LoginCodeUsedError();
    return { session, isNewUser };
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

// WeChat has not taken the code when it was not reached, when it counts, and when it does not know this server.
function failureOf(error: unknown): string | null {
  const isWhole = error instanceof WechatRateLimitedError || error instanceof WechatMisconfiguredError;
  return isWhole || wasNeverSent(error) ? null : codeOf(error);
}

function refusalFor(error: unknown): unknown {
  if (error instanceof FailedBeforeError) return repeatedFailure(error.failure);
  return error instanceof UsedByAnotherError ? new LoginCodeUsedError({ cause: error }) : error;
}

function codeOf(error: unknown): string {
  return error instanceof AppError ? error.type.code : 'internal';
}
