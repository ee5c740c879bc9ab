import { type AuthError, clientError, type Locale } from '../errors/auth-error.js';
import type { Tokens, User } from '../http/answers.js';
import type { ServerClock } from '../http/server-clock.js';
import { newDeviceId } from '../wx/device.js';
import type { KeptState, LoginKind, Session } from './kept-state.js';
import type { Storage } from './storage.js';

/** Why somebody is logged in, or no longer. */
export type AuthChangeReason = 'login' | 'logout' | 'ended' | 'elsewhere';

/** What `onAuthChange` tells. */
export interface AuthChange {
  /** Who is logged in now; null for nobody. */
  user: User | null;
  /**
   * `login`: by WeChat, phone or password · `logout`: the user wanted it · `ended`: the server says so, see `error` ·
   * `elsewhere`: another client on the same phone did it.
   */
  reason: AuthChangeReason;
  error?: AuthError;
}

const RENEW_BEFORE_MS = 30_000;

/** Who is logged in: in memory, on the phone, and told to whoever listens. Nothing here talks to the server. */
export class Identity {
  session: Session | undefined;
  /** False when only the user may log in again, not the app by itself. */
  silent = true;
  /** Goes up when it is no longer the same person: whatever began before must not end after. */
  epoch = 0;
  deviceId = newDeviceId();
  readonly listeners = new Set<(change: AuthChange) => void>();
  private lastUserId: string | undefined;
  private restoring: Promise<void> | undefined;

  constructor(
    private readonly storage: Storage,
    private readonly clock: ServerClock,
    private readonly locale: Locale,
  ) {}

  /** One look at the storage, before anything else. */
  restored(): Promise<void> {
    this.restoring ??= this.storage.read().then((kept) => {
      if (kept) this.take(kept);
    });
    return this.restoring;
  }

  /** Learns what another client on the same storage has done since. */
  async catchUp(): Promise<void> {
    const before = this.lastUserId;
    const kept = await this.storage.news();
    if (!kept) return;
    this.take(kept);
    if (kept.session?.user.id === before) return;
    this.epoch++;
    this.tell('elsewhere');
  }

  /** @throws AuthError when a logout or another user came between */
  requireEpoch(epoch: number): void {
    if (epoch !== this.epoch) throw clientError(this.silent ? 'client.user_changed' : 'client.logged_out', this.locale);
  }

  /** Keeps new tokens before anybody can use them, so that an app killed now can ask for them again. */
  async accept(tokens: Tokens, kind: LoginKind, epoch: number): Promise<Session> {
    this.requireEpoch(epoch);
    const session = this.sessionOf(tokens, kind);
    await this.storage.write(this.state(session, true));
    this.requireEpoch(epoch);
    const before = this.session;
    if (this.lastUserId && this.lastUserId !== session.user.id) this.epoch++;
    this.session = session;
    this.silent = true;
    this.lastUserId = session.user.id;
    if (before?.user.id !== session.user.id) this.tell('login');
    return session;
  }

  /** The server ended the session. Only WeChat can open the next one without the user. */
  end(error: AuthError): void {
    this.silent = this.session?.kind !== 'password';
    this.session = undefined;
    void this.save();
    this.tell('ended', error);
  }

  /** The user wants out, and is not logged in again until they ask. */
  leave(): Session | undefined {
    const { session } = this;
    this.epoch++;
    this.silent = false;
    this.session = this.lastUserId = undefined;
    void this.save();
    if (session) this.tell('logout');
    return session;
  }

  /** The user's own data have changed. */
  update(user: User): void {
    if (this.session?.user.id !== user.id) return;
    this.session = { ...this.session, user };
    void this.save();
  }

  /** Resolves when all that was said so far is written. */
  save(): Promise<void> {
    return this.storage.write(this.state(this.session, this.silent));
  }

  private sessionOf({ expiresIn, accessToken, refreshToken, sessionId, user }: Tokens, kind: LoginKind): Session {
    const lifeMs = expiresIn * 1000;
    const staleAt = this.clock.now() + lifeMs - Math.min(RENEW_BEFORE_MS, lifeMs / 2);
    return { accessToken, refreshToken, staleAt, sessionId, kind, user };
  }

  private state(session: Session | undefined, silent: boolean): KeptState {
    return { v: 1, deviceId: this.deviceId, silent, offset: this.clock.offset, session };
  }

  private take({ deviceId, silent, offset, session }: KeptState): void {
    Object.assign(this, { deviceId, session, silent: silent !== false, lastUserId: session?.user.id });
    this.clock.offset = Number(offset) || 0;
  }

  private tell(reason: AuthChangeReason, error?: AuthError): void {
    const change = { user: this.session?.user ?? null, reason, error };
    for (const listener of this.listeners) void Promise.resolve(change).then(listener);
  }
}
