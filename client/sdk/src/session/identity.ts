import type { Core } from '../core.js';
import { type AuthError, clientError } from '../errors/auth-error.js';
import type { Tokens, User } from '../http/answers.js';
import { serverNow } from '../http/server-clock.js';
import type { AuthChangeReason } from './auth-change.js';
import type { KeptState, LoginKind, Session } from './kept-state.js';
import { readKept, writeKept } from './storage.js';

const RENEW_BEFORE_MS = 30_000;

export function userOf({ kept: { session } }: Core): User | null {
  return session ? session.user : null;
}

/** One look at the storage, before anything else. */
export function restored(core: Core): Promise<void> {
  return (core.restoring = core.restoring || readKept(core).then((kept) => void (kept && take(core, kept))));
}

/** Learns what another client on the same storage has done since. */
export async function catchUp(core: Core): Promise<void> {
  const { lastSeenText } = core;
  const kept = await readKept(core);
  if (!kept || core.lastSeenText === lastSeenText || isOlder(kept.session, core.kept.session)) return;
  if (take(core, kept)) tell(core, 'elsewhere');
}

/** @throws AuthError when a logout or another user came between */
export function requireEpoch(core: Core, epoch: number): void {
  if (epoch !== core.epoch) {
    throw clientError(core, core.kept.silent ? 'user_changed' : 'logged_out');
  }
}

/** Keeps new tokens before anybody can use them, so that an app killed now can ask for them again. */
export async function accept(core: Core, tokens: Tokens, kind: LoginKind, epoch: number): Promise<Session> {
  await catchUp(core);
  requireEpoch(core, epoch);
  const session = sessionOf(core, tokens, kind);
  await writeKept(core, withSession(core, true, session));
  requireEpoch(core, epoch);
  const wasOut = !core.kept.session;
  const isOther = take(core, withSession(core, true, session));
  if (wasOut || isOther) tell(core, 'login');
  return session;
}

/** The server ended the session. Only WeChat can open the next one without the user. */
export function endSession(core: Core, kind: LoginKind, error: AuthError): void {
  core.kept = withSession(core, kind !== 'password');
  void writeKept(core, core.kept);
  tell(core, 'ended', error);
}

/** The user wants out, and is not logged in again until they ask. */
export function leave(core: Core): Promise<unknown> {
  const { session } = core.kept;
  core.kept = withSession(core, false);
  core.lastUserId = undefined;
  if (session) tell(core, 'logout');
  return writeKept(core, core.kept);
}

/** The user's own data have changed. */
export async function updateUser(core: Core, user: User): Promise<void> {
  await catchUp(core);
  const { session } = core.kept;
  if (!session || session.user.id !== user.id) return;
  core.kept = withSession(core, true, { ...session, user });
  await writeKept(core, core.kept);
}

function withSession({ kept }: Core, silent: boolean, session?: Session): KeptState {
  return { ...kept, silent, session };
}

/** True when it is somebody else now, or nobody; a session that only ended may come back. */
function take(core: Core, kept: KeptState): boolean {
  const { lastUserId } = core;
  core.kept = kept;
  if (kept.session || !kept.silent) core.lastUserId = kept.session && kept.session.user.id;
  const isOther = core.lastUserId !== lastUserId;
  if (lastUserId && isOther) core.epoch++;
  return isOther;
}

function tell(core: Core, reason: AuthChangeReason, error?: AuthError): void {
  const change = { user: userOf(core), reason, error };
  // Later, and each by itself: what a listener throws is the app's own affair.
  for (const listener of core.authListeners) void Promise.resolve(change).then(listener);
}

function sessionOf(core: Core, tokens: Tokens, kind: LoginKind): Session {
  const { expiresIn, accessToken, refreshToken, sessionId, user } = tokens;
  const lifeMs = expiresIn * 1000;
  const staleAt = serverNow(core) + lifeMs - Math.min(RENEW_BEFORE_MS, lifeMs / 2);
  return { accessToken, refreshToken, staleAt, sessionId, kind, user };
}

// A client that slept may have written back what it still remembered.
function isOlder(theirs: Session | undefined, ours: Session | undefined): boolean {
  return !!theirs && !!ours && theirs.sessionId === ours.sessionId && theirs.staleAt < ours.staleAt;
}
