import { AuthError, clientError, failureOf, type Locale } from '../errors/auth-error.js';
import { call, sleep } from '../wx/call.js';
import type { HttpMethod, WxLike, WxResponse } from '../wx/wx-like.js';
import { bodyOf, headerOf, problemOf } from './problem.js';
import type { ServerClock } from './server-clock.js';
import type { Visibility } from './visibility.js';

/** One request as the transport takes it. */
export interface Outgoing {
  path: string;
  method?: HttpMethod;
  data?: object | string;
  header?: Record<string, string>;
  timeoutMs?: number;
  /** May be sent again when nobody knows whether it arrived. */
  isIdempotent?: boolean;
  /** Asked for at the moment of sending, when a slot is free; a login has none, and does not wait for a slot. */
  authorize?: () => Promise<string>;
}

/** What the transport has to know about its surroundings. */
export interface TransportOptions {
  wx: WxLike;
  baseURL: string;
  locale: Locale;
  timeoutMs: number;
  retries: number;
  clock: ServerClock;
  visibility: Visibility;
}

/** WeChat allows ten; two are left for a login or a logout. */
const SLOTS = 8;
/** Whoever is told to wait longer hears it, instead of a spinner that does not end. */
const LONGEST_WAIT_SECONDS = 10;
const FIRST_PAUSE_MS = 500;

/** Sends requests: eight at a time, again where that is safe, and never without an end. */
export class Transport {
  private sending = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly options: TransportOptions) {}

  /** @throws AuthError for whatever is not a 2xx answer */
  async send(request: Outgoing): Promise<unknown> {
    for (let tries = 0; ; tries++) {
      const answer = await this.attempt(request);
      if (!(answer instanceof AuthError)) return answer;
      const mayTryAgain = tries < this.options.retries && request.isIdempotent;
      if (!mayTryAgain || !(await this.pause(answer, tries))) throw answer;
    }
  }

  /** What `authorize` throws is final; what the server or the network did is returned. */
  private async attempt(request: Outgoing): Promise<unknown> {
    if (!request.authorize) return this.once(request);
    if (this.sending < SLOTS) this.sending++;
    else await new Promise<void>((go) => this.waiting.push(go));
    try {
      return await this.once(request, await request.authorize());
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.sending--;
    }
  }

  private async once(request: Outgoing, accessToken?: string): Promise<unknown> {
    const { wx, baseURL, locale, clock } = this.options;
    const { path, method = 'GET', data, timeoutMs: timeout = this.options.timeoutMs } = request;
    const header: Record<string, string> = { 'Accept-Language': locale, ...request.header };
    if (accessToken) header.Authorization = `Bearer ${accessToken}`;
    const url = baseURL + (path[0] === '/' ? path : `/${path}`);
    try {
      // One second more than the platform's own limit, for platforms that have none.
      const response = await call<WxResponse>(
        (callbacks) => wx.request({ url, method, data, header, timeout, dataType: 'json', ...callbacks }),
        timeout + 1000,
      );
      clock.hear(headerOf(response, 'date'));
      return this.read(response);
    } catch (failure) {
      return failureOf(failure, 'client.offline', locale);
    }
  }

  private read(response: WxResponse): unknown {
    const { statusCode: status } = response;
    if (status < 200 || status > 299) return problemOf(response, this.options.locale);
    const body = bodyOf(response);
    const isText = typeof body === 'string' && body !== '';
    return isText ? clientError('client.bad_answer', this.options.locale, { status, cause: body }) : body;
  }

  /** False when another try makes no sense, or has to wait too long. */
  private async pause({ code, status, retryAfter }: AuthError, tries: number): Promise<boolean> {
    if (code === 'client.interrupted') return (await this.options.visibility.shown(), true);
    const isBusy = status === 429 || status === 503;
    if (isBusy && retryAfter !== undefined && retryAfter > LONGEST_WAIT_SECONDS) return false;
    const isLost = (status === 0 && code !== 'client.domain_not_allowed') || status === 502 || status === 504;
    if (!isBusy && !isLost) return false;
    const wait = isBusy && retryAfter !== undefined ? retryAfter * 1000 : FIRST_PAUSE_MS * 2 ** tries;
    await sleep(wait * (1 + Math.random() / 5));
    return true;
  }
}
