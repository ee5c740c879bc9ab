import type { Core } from '../core.js';
import { AuthError, clientError, type FieldError } from '../errors/auth-error.js';
import type { WxResponse } from '../wx/wx-like.js';

interface Problem {
  code?: string;
  title?: string;
  requestId?: string;
  retryAfter?: number;
  errors?: FieldError[];
}

/** The body, as far as it is JSON; some platforms parse `application/json` only. */
export function bodyOf({ data }: WxResponse): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data || 'null') || undefined : data;
  } catch {
    return data;
  }
}

/** Platforms spell header names as they like. */
export function headerOf({ header }: WxResponse, name: string): string | undefined {
  const key = Object.keys(header || {}).find((each) => each.toLowerCase() === name);
  return key && (header as Record<string, string>)[key];
}

/** The error that an answer is: our own by its code, anything else (a proxy's page of HTML) by its status. */
export function problemOf(core: Core, response: WxResponse): AuthError {
  const { statusCode: status } = response;
  const cause = bodyOf(response);
  const { code, title, requestId, errors, ...told } = Object(cause) as Problem;
  const { retryAfter = Number(headerOf(response, 'retry-after')) } = told;
  const more = { status, cause, requestId, errors, retryAfter: retryAfter >= 0 ? retryAfter : undefined };
  return code && title ? new AuthError(title, { ...more, code }) : clientError(core, 'bad_answer', more);
}
