import { AuthError, clientError, type FieldError, type Locale, textOf } from '../errors/auth-error.js';
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
  if (typeof data !== 'string') return data;
  try {
    return data ? JSON.parse(data) : undefined;
  } catch {
    return data;
  }
}

/** Platforms spell header names as they like. */
export function headerOf({ header }: WxResponse, name: string): string | undefined {
  for (const [key, value] of Object.entries(header ?? {})) if (key.toLowerCase() === name) return String(value);
  return undefined;
}

/** The error that an answer is: our own by its code, anything else (a proxy's page of HTML) by its status. */
export function problemOf(response: WxResponse, locale: Locale): AuthError {
  const { statusCode: status } = response;
  const body = bodyOf(response);
  const { code, title, requestId, errors, ...more } = (typeof body === 'object' && body ? body : {}) as Problem;
  const retryAfter = more.retryAfter ?? secondsOf(headerOf(response, 'retry-after'));
  const known = { status, retryAfter, cause: body, requestId: requestId ?? headerOf(response, 'x-request-id') };
  if (typeof code !== 'string') return clientError('client.bad_answer', locale, known);
  return new AuthError(textOf(code, locale) ?? title ?? code, { ...known, code, errors });
}

function secondsOf(header: string | undefined): number | undefined {
  const seconds = Number(header);
  return header && seconds >= 0 ? seconds : undefined;
}
