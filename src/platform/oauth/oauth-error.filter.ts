import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { AppError, ErrorKind } from '../errors/app-error.js';
import { asAppError } from '../errors/as-app-error.js';
import { httpStatusOf } from '../errors/problem-details.js';
import { LOGGER } from '../observability/logger.js';

/** An error as OAuth says it (RFC 6749, 5.2). */
export class OAuthErrorDto {
  /** @example invalid_client */
  error: string;

  /** @example The service client is not known, or its secret is wrong */
  error_description: string;
}

const BY_CODE: Record<string, string> = { 'auth.unsupported_token_type': 'unsupported_token_type' };
const BY_KIND: Partial<Record<ErrorKind, string>> = {
  invalid: 'invalid_request',
  unauthenticated: 'invalid_client',
  rate_limited: 'temporarily_unavailable',
  unavailable: 'temporarily_unavailable',
};
const OURS: ErrorKind[] = ['internal', 'unavailable'];

/** Answers failures at the doors of OAuth as its clients expect them, instead of as problem details. */
@Catch()
export class OAuthErrorFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const error = asAppError(thrown);
    const { code, kind } = error.type;
    const requestId = http.getRequest<FastifyRequest>().id;
    if (OURS.includes(kind)) this.logger.warn({ requestId, code, err: error.cause ?? error }, code);
    send(error, http.getResponse<FastifyReply>());
  }
}

function send(error: AppError, reply: FastifyReply): void {
  const { type, retryAfterSeconds } = error;
  const name = BY_CODE[type.code] ?? BY_KIND[type.kind] ?? 'server_error';
  if (type.kind === 'unauthenticated') void reply.header('www-authenticate', 'Basic realm="wx-login", charset="UTF-8"');
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
  const body: OAuthErrorDto = { error: name, error_description: type.title.en };
  void reply.code(httpStatusOf(type)).header('cache-control', 'no-store').type('application/json').send(body);
}
