import type { Core } from '../core.js';
import type { WxFailure } from '../wx/wx-like.js';
import { CLIENT_TEXTS } from './client-texts.js';
import type { ServerErrorCode } from './server-errors.js';

/** The language of `AuthError.message`. */
export type Locale = 'zh' | 'en';

/** What went wrong before the server was reached, or without it. */
export type ClientCause =
  | 'offline'
  | 'timeout'
  | 'interrupted'
  | 'bad_answer'
  | 'domain_not_allowed'
  | 'login_required'
  | 'logged_out'
  | 'user_changed'
  | 'wechat_login_failed'
  | 'phone_refused'
  | 'phone_quota'
  | 'phone_failed'
  | 'privacy_refused'
  | 'privacy_undeclared';

export type ClientErrorCode = `client.${ClientCause}`;

/** The server's codes, the client's own, and those of your own services behind the same address. */
export type ErrorCode = ServerErrorCode | ClientErrorCode | (string & {});

/** What is wrong with one field of a request. */
export interface FieldError {
  /** Name of the field, for example `username`. */
  field: string;
  code: string;
  /** To be shown beside the field, in the client's language. */
  message: string;
}

/** What an AuthError tells beyond its message. */
export interface AuthErrorFields {
  code: ErrorCode;
  status?: number;
  requestId?: string;
  retryAfter?: number;
  errno?: number;
  errors?: FieldError[];
  cause?: unknown;
}

/**
 * Everything the client rejects with. React to `code`, show `message`.
 *
 * @example
 * try { await client.loginWithPassword({ username, password }) }
 * catch (error) { if (error instanceof AuthError) wx.showToast({ title: error.message, icon: 'none' }) }
 */
export class AuthError extends Error {
  /** Stable name of what went wrong, for example `auth.invalid_credentials` or `client.offline`. */
  declare readonly code: ErrorCode;
  /** HTTP status; 0 when no answer came. */
  declare readonly status: number;
  /** The server's name for this request: quote it to support. */
  declare readonly requestId?: string;
  /** Seconds to wait before trying again. */
  declare readonly retryAfter?: number;
  /** WeChat's number of the failure, for example 104 or 1400001. */
  declare readonly errno?: number;
  /** One entry for each field that is wrong. */
  declare readonly errors?: FieldError[];
  /** What the platform or the server said, unchanged. */
  declare readonly cause?: unknown;

  constructor(message: string, fields: AuthErrorFields) {
    super(message);
    Object.setPrototypeOf(this, AuthError.prototype); // DevTools may turn classes into ES5 functions
    Object.assign(this, { name: 'AuthError', status: 0 }, fields);
  }
}

/** Rows of texts and of patterns: see CLIENT_TEXTS. */
function rows(): string[][] {
  return CLIENT_TEXTS.split('\n').map((line) => line.split('|'));
}

/** An error of the client's own making. */
export function clientError({ language }: Core, cause: ClientCause, more?: Partial<AuthErrorFields>): AuthError {
  const [, zh, en] = rows().find(([known]) => known === cause)!;
  return new AuthError((language === 'en' ? en : zh)!, { ...more, code: `client.${cause}` });
}

/** What a failed call of the platform means; `otherwise` when it says nothing that is known. */
export function failureOf(core: Core, thrown: unknown, otherwise: ClientCause): AuthError {
  const { errMsg, errno } = Object(thrown) as Partial<WxFailure>;
  const said = `${errno} ${errMsg || String(thrown)}`;
  const known = rows().find(([, , , ...signs]) => signs.some((sign) => new RegExp(sign, 'i').test(said)));
  return clientError(core, known ? (known[0] as ClientCause) : otherwise, { errno, cause: thrown });
}
