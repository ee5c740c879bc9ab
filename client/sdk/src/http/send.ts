import type { RequestOptions } from '../client-options.js';
import type { Core } from '../core.js';
import { AuthError, clientError, failureOf } from '../errors/auth-error.js';
import { isRenewable } from '../errors/verdicts.js';
import { call, sleep } from '../wx/call.js';
import type { WxResponse } from '../wx/wx-like.js';
import { bodyOf, headerOf, problemOf } from './problem.js';
import { hearDate } from './server-clock.js';

/** WeChat allows ten at once; two are left for a login and a logout. */
const SLOTS = 8;
/** Whoever is told to wait longer hears it, instead of seeing a spinner that does not end. */
const LONGEST_WAIT_SECONDS = 10;
const FIRST_PAUSE_MS = 500;

/**
 * Sends a request: eight at a time, again where that is safe, and never without an end.
 *
 * @param authorize gives the access token at the moment of sending, when a slot is free; what it throws is final
 * @throws AuthError for whatever is not a 2xx answer
 */
export async function send(
  core: Core,
  path: string,
  request: RequestOptions,
  authorize?: () => Promise<string | undefined>,
): Promise<unknown> {
  const { retries = 1 } = core.options;
  const { epoch } = core;
  const { idempotent = request.method !== 'POST' } = request;
  for (let tries = 0; ; tries++) {
    const answer = await (authorize ? inTurn(core, path, request, authorize) : once(core, path, request));
    if (!(answer instanceof AuthError)) return answer;
    const again = idempotent && tries < retries && (await mayTryAgain(core, answer, tries));
    if (!again || epoch !== core.epoch) throw answer;
  }
}

async function inTurn(
  core: Core,
  path: string,
  request: RequestOptions,
  authorize: () => Promise<string | undefined>,
): Promise<unknown> {
  if (core.slotsTaken < SLOTS) core.slotsTaken++;
  else await queued(core.slotQueue);
  try {
    const accessToken = await authorize();
    const answer = await once(core, path, request, accessToken);
    // Before the next in the queue sends the same token.
    if (isRenewable(answer, core.options.renewOn)) core.refusedToken = accessToken;
    return answer;
  } finally {
    const next = core.slotQueue.shift();
    if (next) next();
    else core.slotsTaken--;
  }
}

/** The body of the answer, or the error that it is. */
async function once(core: Core, path: string, request: RequestOptions, accessToken?: string): Promise<unknown> {
  const { timeout: usual = 10_000 } = core.options;
  const { method, data, timeout = usual } = request;
  const header: Record<string, string> = { 'Accept-Language': core.language || 'zh', ...request.header };
  if (accessToken) header.Authorization = `Bearer ${accessToken}`;
  const url = core.baseAddress + path.replace(/^\/?/, '/');
  try {
    // One second more than the platform's own limit, for platforms that have none.
    const response = await call<WxResponse>(
      (callbacks) => core.host.request({ url, method, data, header, timeout, ...callbacks }),
      timeout + 1000,
    );
    hearDate(core, headerOf(response, 'date'));
    const { statusCode: status } = response;
    if (status < 200 || status > 299) return problemOf(core, response);
    const body = bodyOf(response);
    return typeof body === 'string' ? clientError(core, 'bad_answer', { status, cause: body }) : body;
  } catch (failure) {
    return failureOf(core, failure, 'offline');
  }
}

/** Waits as long as it takes; false when another try makes no sense, or has to wait too long. */
async function mayTryAgain(core: Core, { code, status, retryAfter }: AuthError, tries: number): Promise<boolean> {
  if (code === 'client.interrupted') {
    // The news of a request that was cut may come after the app is back.
    if (core.isHidden) await queued(core.untilShown);
    return true;
  }
  const mayHeal = /^(0client\.(offline|timeout)|429|50[234])/.test(status + code);
  const seconds = retryAfter === undefined ? (FIRST_PAUSE_MS / 1000) * 2 ** tries : retryAfter;
  if (!mayHeal || seconds > LONGEST_WAIT_SECONDS) return false;
  await sleep(seconds * 1000 * (1 + Math.random() / 5));
  return true;
}

function queued(queue: (() => void)[]): Promise<void> {
  return new Promise((go) => queue.push(go));
}
