import type { AuthError, Locale } from './errors/auth-error.js';
import type { AuthChange } from './session/auth-change.js';
import type { WxLike } from './wx/wx-like.js';

/** How a client is made. */
export interface AuthClientOptions {
  /** Address of the server, for example `https://api.example.com`; without a slash at the end. */
  baseURL: string;
  /** `wx` itself; `uni` or `Taro` elsewhere; a fake one in tests. */
  wx: WxLike;
  /** The mini-program, when the server serves several. */
  appId?: string;
  /** Language of error messages; `zh` by default. */
  locale?: Locale;
  /** Milliseconds until a request is given up; 10,000 by default. WeChat allows 60,000 at most. */
  timeout?: number;
  /** How often a request that may safely be sent twice is sent again; 1 by default. */
  retries?: number;
  /** Name in the phone's storage; `wx-login` by default. */
  storageKey?: string;
  /** Codes with which your own services say "this access token has expired", besides the server's own. */
  renewOn?: string[];
  /** A request needs somebody who logs in by hand. Called once for requests that fail together. */
  onLoginRequired?: (error: AuthError) => void;
  /** The same as the first `client.onAuthChange(…)`. */
  onAuthChange?: (change: AuthChange) => void;
}

/** One request to the server, or to a service of yours behind the same address. */
export interface RequestOptions {
  /** `GET` by default. There is no PATCH in a mini-program. */
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The body; of a GET, the query. */
  data?: object | string;
  header?: Record<string, string>;
  /** Milliseconds, instead of the client's own. */
  timeout?: number;
  /**
   * True when the server recognises a repeated request, for example by an `Idempotency-Key`: then it may be sent again
   * after a network failure. GET, PUT and DELETE are by themselves; POST is not.
   */
  idempotent?: boolean;
  /** Sent without an access token, for what is open to everyone. */
  anonymous?: boolean;
}
