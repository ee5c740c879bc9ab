import Negotiator from 'negotiator';
import type { AppError, ErrorKind, ErrorType, Localized } from './app-error.js';
import type { ProblemDetails } from './problem-details.dto.js';

const STATUS_BY_KIND: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
};

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

export type Language = keyof Localized;

export function httpStatusOf({ kind, httpStatus }: ErrorType): number {
  return httpStatus ?? STATUS_BY_KIND[kind];
}

/** The URI that names an error type. */
export function problemTypeOf({ code }: ErrorType): string {
  return `urn:wx-login:error:${code}`;
}

/** Chinese unless the client prefers English. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const negotiator = new Negotiator({ headers: { 'accept-language': acceptLanguage ?? 'zh' } });
  return negotiator.language(['zh', 'zh-CN', 'en', 'en-US'])?.startsWith('en') ? 'en' : 'zh';
}

/** Writes an error down for the client: nothing but what its type and author meant to be seen. */
export function problemDetails(error: AppError, request: { id: string; language: Language }): ProblemDetails {
  const { type, detail, fields, retryAfterSeconds } = error;
  return {
    type: problemTypeOf(type),
    title: type.title[request.language],
    status: httpStatusOf(type),
    code: type.code,
    detail: detail?.[request.language],
    requestId: request.id,
    errors: fields?.map(({ field, code, message }) => ({ field, code, message: message[request.language] })),
    retryAfter: retryAfterSeconds,
  };
}
