import type { LoginResult } from '../auth-client.js';
import type { Core } from '../core.js';
import { type AuthError, clientError } from '../errors/auth-error.js';
import { isEnd, isRenewable } from '../errors/verdicts.js';
import { isTokens, type Tokens } from '../http/answers.js';
import { serverNow } from '../http/server-clock.js';
import { checkCool, coolDown } from './cool-down.js';
import { askLogout, askRefresh, askWechat } from './doors.js';
import { fly } from './flight.js';
import { accept, catchUp, endSession, requireEpoch, restored } from './identity.js';
import type { LoginKind, Session } from './kept-state.js';

const ONE_BURST_MS = 1000;

/** A session to send a request with; renewed first when it is about to expire. */
export async function currentSession(core: Core, epoch: number): Promise<Session> {
  requireEpoch(core, epoch);
  const { session } = core.kept;
  if (session && session.staleAt > serverNow(core) && session.accessToken !== core.refusedToken) return session;
  try {
    return await renewed(core, epoch, session);
  } catch (error) {
    // A busy server may still take the token at hand.
    if (session && session === core.kept.session && (error as AuthError).status > 428) return session;
    throw error;
  }
}

/** Another session than the one that was used, which somebody else may have got already. */
export async function renewed(core: Core, epoch: number, used: Session | undefined): Promise<Session> {
  requireEpoch(core, epoch);
  const session = await fly(core, `renew${epoch}`, () => renew(core, used));
  requireEpoch(core, epoch);
  return session;
}

/** @throws AuthError as the server says it; who was logged in before still is */
export async function login(
  core: Core,
  kind: LoginKind,
  key: string,
  ask: () => Promise<unknown>,
): Promise<LoginResult> {
  const { epoch } = core;
  await restored(core);
  const { session: atFirst } = core.kept;
  return fly(core, kind + key + epoch, async () => {
    requireEpoch(core, epoch); // a logout may have come after the tap
    const { session: before } = core.kept;
    // The silent login at launch was quicker than the user's tap.
    if (before && before !== atFirst && kind === 'wechat' && before.kind === kind) {
      return { user: before.user, isNewUser: false };
    }
    const { session, isNewUser } = await adopt(core, kind, ask());
    if (before && before.sessionId !== session.sessionId) letGo(core, before);
    return { user: session.user, isNewUser };
  });
}

/** Whoever has logged out is out; the server hears of it as soon as nothing else is under way. */
export function tellServerOfLogout(core: Core, session: Session): Promise<void> {
  return fly(core, 'logout', () => endOnServer(core, session)).catch(() => {});
}

async function renew(core: Core, used: Session | undefined): Promise<Session> {
  await catchUp(core);
  const { session } = core.kept;
  if (session && session.accessToken !== (used && used.accessToken)) return session;
  checkCool(core);
  const { epoch } = core;
  try {
    return await (session ? refresh(core, session) : loginSilently(core));
  } catch (error) {
    requireEpoch(core, epoch);
    coolDown(core, error as AuthError);
    throw error;
  }
}

async function refresh(core: Core, session: Session): Promise<Session> {
  const { epoch } = core;
  try {
    return (await adopt(core, session.kind, askRefresh(core, session.refreshToken))).session;
  } catch (error) {
    if (epoch !== core.epoch || !isEnd(error)) throw error;
    endSession(core, session.kind, error as AuthError);
    return loginSilently(core, error as AuthError);
  }
}

async function loginSilently(core: Core, cause?: AuthError): Promise<Session> {
  if (!core.kept.silent) throw loginRequired(core, cause);
  core.silentFailures++;
  const { session } = await adopt(core, 'wechat', askWechat(core, 'wechat', 'code'));
  return session;
}

/** Tokens that come after a logout are of no use to anybody: their session is ended. */
async function adopt(core: Core, kind: LoginKind, asked: Promise<unknown>) {
  const { epoch } = core;
  const answer = await asked;
  if (!isTokens(answer)) throw clientError(core, 'bad_answer', { cause: answer });
  try {
    const session = await accept(core, answer, kind, epoch);
    core.silentFailures = core.coolSeconds = 0;
    return { session, isNewUser: !!answer.isNewUser };
  } catch (error) {
    letGo(core, answer);
    throw error;
  }
}

/** Ends a session that nobody needs; where that fails it ends by itself in a week. */
function letGo(core: Core, { accessToken }: { accessToken: string }): void {
  askLogout(core, accessToken).catch(() => {});
}

async function endOnServer(core: Core, { accessToken, refreshToken }: Session): Promise<void> {
  try {
    await askLogout(core, accessToken);
  } catch (error) {
    if (!isRenewable(error)) return;
    const { accessToken: newest } = (await askRefresh(core, refreshToken)) as Tokens;
    await askLogout(core, newest);
  }
}

/** Five requests that fail together open one login page. */
function loginRequired(core: Core, cause?: AuthError): AuthError {
  const error = clientError(core, 'login_required', { cause });
  if (Math.abs(Date.now() - core.lastAskedAt) > ONE_BURST_MS) {
    core.lastAskedAt = Date.now();
    void Promise.resolve(error).then(core.options.onLoginRequired);
  }
  return error;
}
