/** What is wrong with one field of a request. */
export class FieldProblemDto {
  /** @example username */
  field: string;

  /** @example isUsername */
  code: string;

  /** @example 用户名为 3–20 位字母或数字 */
  message: string;
}

/** The body of every error answer (RFC 9457). */
export class ProblemDetails {
  /** @example urn:wx-login:error:auth.invalid_credentials */
  type: string;

  /**
   * Chinese, or English by Accept-Language.
   * @example 账号或密码错误
   */
  title: string;

  /** @example 401 */
  status: number;

  /**
   * Stable: what a program reacts to.
   * @example auth.invalid_credentials
   */
  code: string;

  /** What to do about it, where there is more to say. */
  detail?: string;

  /** Quote it to support: the log lines carry the same id. */
  requestId: string;

  /** The fields that are wrong, on request.invalid and users.password_too_weak. */
  errors?: FieldProblemDto[];

  /** Seconds to wait before trying again, the same as the Retry-After header. */
  retryAfter?: number;
}
