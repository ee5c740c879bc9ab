import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { isDuplicateKey } from '../../platform/database/database-errors.js';
import { AppError } from '../../platform/errors/app-error.js';
import { SessionRepeats } from '../../sessions/refresh/session-repeats.js';
import { LoginCodeUsedError } from '../../wechat/wechat.errors.js';
import type { LoginResult, Origin } from './login-result.js';

/** A code from `wx.login`, and by which door it came. */
export interface CodeLogin {
  method: 'wechat' | 'phone';
  appId: string;
  code: string;
}

/** What is done with a code that nobody used yet; the session it opens keeps the hash. */
export type EnterByCode = (codeHash: Buffer) => Promise<LoginResult>;

interface RunningLogin {
  requester: string;
  result: Promise<LoginResult>;
}

// Another process that used the code up needs a moment to open its session.
const LOOKS = 5;
const PAUSE_MS = 150;
const REMEMBERED_CODES = 10_000;
const REMEMBERED_MS = 60_000;
/** A user who is younger than this when a session opens was made by that login. */
const LONGEST_LOGIN_MS = 10_000;

/**
 * One login code, one session. WeChat cuts a request 5 s after its mini-program went to the background, and the code
 * is burnt all the same: the same device may ask again for a minute, on any process, and gets the same session. WeChat
 * itself sees to it that a code is used once; the session remembers which code opened it, so this costs no statement.
 */
@Injectable()
export class LoginOnce {
  private readonly running = new Map<string, RunningLogin>();
  private readonly used = new LRUCache<string, true>({ max: REMEMBERED_CODES, ttl: REMEMBERED_MS });

  constructor(
    private readonly sessions: SessionRepeats,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Takes `enter` for the code's first request. Those of the same device that come meanwhile share what becomes of it,
   * later ones get its session again.
   * @throws LoginCodeUsedError to another device or at another door, and whatever `enter` throws
   */
  async login(login: CodeLogin, origin: Origin, enter: EnterByCode): Promise<LoginResult> {
    const codeHash = createHash('sha256').update(`${login.appId}:${login.code}`).digest();
    const key = codeHash.toString('base64');
    const requester = JSON.stringify([
      login.method,
      origin.device?.id ?? [origin.client.ipAddress, origin.client.userAgent],
    ]);
    for (let other = this.running.get(key); other; other = this.running.get(key)) {
      if (other.requester === requester) return other.result;
      await other.result.catch(() => undefined);
    }
    const result = this.enterOrRepeat(login, origin, { codeHash, key, enter });
    this.running.set(key, { requester, result });
    return result.finally(() => this.running.delete(key));
  }

  private async enterOrRepeat(
    login: CodeLogin,
    origin: Origin,
    { codeHash, key, enter }: { codeHash: Buffer; key: string; enter: EnterByCode },
  ): Promise<LoginResult> {
    try {
      if (this.used.has(key)) throw new LoginCodeUsedError();
      const first = await enter(codeHash);
      this.used.set(key, true);
      this.recordLogin(login, origin, first);
      return first;
    } catch (error) {
      if (error instanceof LoginCodeUsedError) this.used.set(key, true);
      return (await this.repeat(login, origin, { codeHash, error })) ?? this.refuse(login, origin, error);
    }
  }

  private async repeat(
    { method }: CodeLogin,
    origin: Origin,
    { codeHash, error }: { codeHash: Buffer; error: unknown },
  ): Promise<LoginResult | null> {
    if (!(error instanceof LoginCodeUsedError) && !isDuplicateKey(error)) return null;
    const looks = isOurs(error) ? 1 : LOOKS;
    for (let look = 1; ; look++) {
      const session = await this.sessions.repeat({ codeHash, method, ...origin });
      if (session) return { session, isNewUser: isNewAt(session.openedAt, session.user.createdAt) };
      if (look === looks) return null;
      await delay(PAUSE_MS);
    }
  }

  private refuse({ method, appId }: CodeLogin, { client }: Origin, error: unknown): never {
    const refusal = isDuplicateKey(error) ? new LoginCodeUsedError({ cause: error }) : error;
    const reason = refusal instanceof AppError ? refusal.type.code : 'internal';
    this.audit.record({ type: 'login', outcome: 'refused', client, detail: { method, appId, reason } });
    throw refusal;
  }

  private recordLogin({ method, appId }: CodeLogin, { client }: Origin, { session, isNewUser }: LoginResult): void {
    const detail = { method, appId, isNewUser };
    const who = { userId: session.user.id, sessionId: session.id, client };
    this.audit.record({ type: 'login', outcome: 'ok', ...who, detail });
  }
}

// Thrown here or by our own database: then the session is there, or never will be. WeChat's word has a cause.
function isOurs(error: unknown): boolean {
  return !(error instanceof LoginCodeUsedError) || error.cause === undefined;
}

function isNewAt(openedAt: Date, userCreatedAt: Date): boolean {
  return openedAt.getTime() - userCreatedAt.getTime() < LONGEST_LOGIN_MS;
}
