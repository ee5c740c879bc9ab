import { HttpException } from '@nestjs/common';
import { isDatabaseUnavailable } from '../database/database-errors.js';
import { AppError } from './app-error.js';
import {
  InternalError,
  MethodNotAllowedError,
  RateLimitedError,
  RequestInvalidError,
  RequestTooLargeError,
  RouteNotFoundError,
  ServiceUnavailableError,
  UnsupportedMediaTypeError,
} from './request.errors.js';

const BY_STATUS: Record<number, typeof RequestInvalidError> = {
  400: RequestInvalidError,
  404: RouteNotFoundError,
  405: MethodNotAllowedError,
  413: RequestTooLargeError,
  415: UnsupportedMediaTypeError,
  429: RateLimitedError,
  503: ServiceUnavailableError,
};
const RETRY_AFTER_DATABASE_SECONDS = 5;

/** Finds the AppError behind whatever was thrown: ours as it is, the framework's by its status, the rest as `internal`. */
export function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isDatabaseUnavailable(thrown))
    return new ServiceUnavailableError({ cause: thrown, retryAfterSeconds: RETRY_AFTER_DATABASE_SECONDS });
  const status = statusOf(thrown);
  const ErrorClass = BY_STATUS[status] ?? (status >= 400 && status < 500 ? RequestInvalidError : InternalError);
  return new ErrorClass({ cause: thrown });
}

function statusOf(thrown: unknown): number {
  if (thrown instanceof HttpException) return thrown.getStatus();
  const statusCode = (thrown as { statusCode?: unknown } | null)?.statusCode;
  return typeof statusCode === 'number' ? statusCode : 500;
}
