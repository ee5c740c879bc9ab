/** What is wrong with one field of a request. */
export class FieldProblemDto {
  /** @example username */
  field: string;

  /** @example isUsername */
  code: string;

  /**
   * To be shown beside the field, in the language of the answer.
   * @example 须为 3 至 20 位字母或数字
   */
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

  /**
   * What to do about it, where there is more to say.
   * @example 这不是微信签发的 code；开发者工具使用测试号时会返回模拟的 code
   */
  detail?: string;

  /**
   * Quote it to support: the log lines carry the same id.
   * @example 0198c0de-5a3c-7b7e-9a53-0a4b7f1c2d3e
   */
  requestId: string;

  /** The fields that are wrong, on request.invalid and users.password_too_weak. */
  errors?: FieldProblemDto[];

  /**
   * Seconds to wait before trying again, the same as the Retry-After header.
   * @example 30
   */
  retryAfter?: number;
}
