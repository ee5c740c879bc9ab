import type { WxFailure } from '../wx/wx-like.js';
import { CLIENT_TEXTS } from './client-texts.js';
import { SERVER_TEXTS, type ServerErrorCode } from './server-texts.js';

/** The language of `AuthError.message`. */
export type Locale = 'zh' | 'en';

/** What can go wrong before the server is reached, or without it. */
export type ClientErrorCode =
  | 'client.offline'
  | 'client.timeout'
  | 'client.interrupted'
  | 'client.bad_answer'
  | 'client.domain_not_allowed'
  | 'client.login_required'
  | 'client.logged_out'
  | 'client.user_changed'
  | 'client.wechat_login_failed'
  | 'client.phone_refused'
  | 'client.phone_quota'
  | 'client.phone_failed'
  | 'client.privacy_refused'
  | 'client.privacy_undeclared';

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
  readonly code: ErrorCode;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** The server's name for this request: quote it to support. */
  readonly requestId?: string;
  /** Seconds to wait before trying again. */
  readonly retryAfter?: number;
  /** WeChat's number of the failure, for example 104 or 1400001. */
  readonly errno?: number;
  /** One entry for each field that is wrong. */
  readonly errors?: FieldError[];
  /** What the platform or the server said, unchanged. */
  override readonly cause?: unknown;

  constructor(message: string, { code, status = 0, ...more }: AuthErrorFields) {
    super(message);
    Object.setPrototypeOf(this, AuthError.prototype); // DevTools may turn classes into ES5 functions
    this.name = 'AuthError';
    this.code = code;
    this.status = status;
    Object.assign(this, more);
  }
}

const ERRNO_CODES: Record<number, ClientErrorCode> = {
  104: 'client.privacy_refused',
  112: 'client.privacy_undeclared',
  1400001: 'client.phone_quota',
};

const ERR_MSG_CODES: [RegExp, ClientErrorCode][] = [
  [/not declared in the privacy/i, 'client.privacy_undeclared'],
  [/privacy permission/i, 'client.privacy_refused'],
  [/interrupted/i, 'client.interrupted'],
  [/time(d )?-?out/i, 'client.timeout'],
  [/domain list/i, 'client.domain_not_allowed'],
];

/** The text of a code, if it is a known one. */
export function textOf(code: string, locale: Locale): string | undefined {
  for (const line of `${CLIENT_TEXTS}\n${SERVER_TEXTS}`.split('\n')) {
    const [known, zh, en] = line.split('|');
    if (known === code) return locale === 'en' ? en : zh;
  }
  return undefined;
}

/** An error of the client's own making. */
export function clientError(code: ClientErrorCode, locale: Locale, more: Partial<AuthErrorFields> = {}): AuthError {
  return new AuthError(textOf(code, locale)!, { ...more, code });
}

/** What a failed call of the platform means; `otherwise` when it says nothing that is known. */
export function failureOf(thrown: unknown, otherwise: ClientErrorCode, locale: Locale): AuthError {
  const { errMsg, errno } = (thrown ?? {}) as Partial<WxFailure>;
  const said = String(errMsg ?? thrown);
  const code = ERRNO_CODES[errno!] ?? ERR_MSG_CODES.find(([pattern]) => pattern.test(said))?.[1] ?? otherwise;
  return clientError(code, locale, { errno, cause: thrown });
}
