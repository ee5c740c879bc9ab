import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { LOGGER } from '../observability/logger.js';
import type { AppError } from './app-error.js';
import { asAppError } from './as-app-error.js';
import { languageOf, PROBLEM_MEDIA_TYPE, problemDetails } from './problem-details.js';

/** Answers every failure as RFC 9457 problem details, and logs the cause of those that are ours. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const error = asAppError(thrown);
    this.log(error, request);
    sendProblem(error, request, http.getResponse<FastifyReply>());
  }

  private log(error: AppError, request: FastifyRequest): void {
    const { code, kind } = error.type;
    if (kind !== 'internal' && kind !== 'unavailable') return;
    this.logger[kind === 'internal' ? 'error' : 'warn'](
      { requestId: request.id, code, err: error.cause ?? error },
      code,
    );
  }
}

/** Sends one error; also used where Fastify fails before Nest is reached. */
export function sendProblem(error: AppError, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemDetails(error, { id: request.id, language: languageOf(request.headers['accept-language']) });
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
  if (problem.retryAfter !== undefined) void reply.header('retry-after', String(problem.retryAfter));
  void reply.header('x-request-id', request.id); // in case no hook has run
  void reply.code(problem.status).header('cache-control', 'no-store').type(PROBLEM_MEDIA_TYPE).send(problem);
}
