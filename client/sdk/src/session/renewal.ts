import { AuthError, clientError, type Locale } from '../errors/auth-error.js';
import { isTokens } from '../http/answers.js';
import type { ServerClock } from '../http/server-clock.js';
import { type AuthDoors, isEnd, isRenewable } from './auth-doors.js';
import { CoolDown } from './cool-down.js';
import { Flights } from './flights.js';
import type { Identity } from './identity.js';
import type { LoginKind, Session } from './kept-state.js';
import type { WechatLogin } from './wechat-login.js';

/** What renewing stands on. */
export interface RenewalParts {
  identity: Identity;
  doors: AuthDoors;
  wechat: WechatLogin;
  clock: ServerClock;
  locale: Locale;
  onLoginRequired?: (error: AuthError) => void;
}

/** A login that the user asked for. */
export interface AskedLogin {
  kind: LoginKind;
  /** Two that are equal are one: a button tapped twice. */
  key: string;
  send: () => Promise<unknown>;
}

const ONE_BURST_MS = 1000;

/** Makes sure there is a valid access token: by refreshing, by logging in silently, or by asking the user to. */
export class Renewal {
  private readonly flights = new Flights();
  private readonly coolDown = new CoolDown();
  private lastRequired = -Infinity;

  constructor(private readonly parts: RenewalParts) {}

  /** A session to send a request with; renewed first when it is about to expire. */
  async current(epoch: number): Promise<Session> {
    const { identity, clock } = this.parts;
    identity.requireEpoch(epoch);
    const { session } = identity;
    if (session && session.staleAt > clock.now()) return session;
    try {
      return await this.renewed(session?.accessToken, epoch);
    } catch (error) {
      // A busy server may still take the token at hand.
      if (session && session === identity.session && (error as AuthError).status >= 429) return session;
      throw error;
    }
  }

  /** Another session than the one with this access token, which somebody else may have got already. */
  async renewed(used: string | undefined, epoch: number): Promise<Session> {
    const { identity } = this.parts;
    identity.requireEpoch(epoch);
    const session = await this.flights.run('renew', () => this.renewNow(used));
    identity.requireEpoch(epoch);
    return session;
  }

  /** @throws AuthError as the server says it; who was logged in before still is */
  login({ kind, key, send }: AskedLogin): Promise<{ session: Session; isNewUser: boolean }> {
    const { identity, doors } = this.parts;
    const { session: asked } = identity;
    return this.flights.run(key, async () => {
      const { session: before, epoch } = identity;
      // The silent login at launch was quicker than the user's tap.
      if (before && before !== asked && kind === 'wechat' && before.kind === kind)
        return { session: before, isNewUser: false };
      const answer = await send();
      const session = await this.adopt(answer, kind, epoch);
      this.coolDown.reset();
      if (before && before.sessionId !== session.sessionId) doors.logout(before.accessToken).catch(() => {});
      return { session, isNewUser: (answer as { isNewUser?: boolean }).isNewUser === true };
    });
  }

  /** Here it is over at once, whatever is under way; the server hears of it as soon as it can be reached. */
  async logout(): Promise<void> {
    const session = this.parts.identity.leave();
    if (session) await this.flights.run('logout', () => this.endOnServer(session)).catch(() => {});
  }

  private async renewNow(used: string | undefined): Promise<Session> {
    const { identity } = this.parts;
    if (identity.session?.accessToken === used) await identity.catchUp();
    const { session } = identity;
    if (!session) return this.loginSilently();
    return session.accessToken === used ? this.refresh(session) : session;
  }

  private async refresh(session: Session): Promise<Session> {
    const { identity, doors } = this.parts;
    const { epoch } = identity;
    try {
      return await this.adopt(await doors.refresh(session.refreshToken), session.kind, epoch);
    } catch (error) {
      identity.requireEpoch(epoch);
      if (!isEnd(error)) throw error;
      identity.end(error);
      return this.loginSilently(error);
    }
  }

  private async loginSilently(ended?: AuthError): Promise<Session> {
    const { identity, doors, wechat } = this.parts;
    if (!identity.silent) throw this.required(ended);
    this.coolDown.check();
    const { epoch } = identity;
    const context = wechat.context(identity.deviceId);
    try {
      const session = await this.adopt(
        await wechat.withCode((code) => doors.wechat({ code, ...context })),
        'wechat',
        epoch,
      );
      this.coolDown.reset();
      return session;
    } catch (error) {
      identity.requireEpoch(epoch);
      this.coolDown.failed(error);
      throw error;
    }
  }

  /** Tokens that come after a logout are of no use to anybody: their session is ended. */
  private async adopt(answer: unknown, kind: LoginKind, epoch: number): Promise<Session> {
    const { identity, doors, locale } = this.parts;
    if (!isTokens(answer)) throw clientError('client.bad_answer', locale, { cause: answer });
    try {
      return await identity.accept(answer, kind, epoch);
    } catch (error) {
      doors.logout(answer.accessToken).catch(() => {});
      throw error;
    }
  }

  private async endOnServer({ accessToken, refreshToken }: Session): Promise<void> {
    const { doors } = this.parts;
    try {
      await doors.logout(accessToken);
    } catch (error) {
      if (!isRenewable(error, []) || error.code === 'sessions.ended') throw error;
      const answer = await doors.refresh(refreshToken);
      if (isTokens(answer)) await doors.logout(answer.accessToken);
    }
  }

  /** Five requests that fail together open one login page. */
  private required(cause?: AuthError): AuthError {
    const error = clientError('client.login_required', this.parts.locale, { cause });
    const sinceLast = Date.now() - this.lastRequired;
    if (sinceLast >= 0 && sinceLast <= ONE_BURST_MS) return error;
    this.lastRequired = Date.now();
    void Promise.resolve(error).then(this.parts.onLoginRequired);
    return error;
  }
}
