import type { FastifyReply, FastifyRequest } from 'fastify';
import { asAppError } from './as-app-error.js';
import { sendProblem } from './problem.filter.js';

/** Answers what Fastify refuses before a route is found, such as a URL that cannot be decoded. */
export function frameworkErrors(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(asAppError(error), request, reply);
}
