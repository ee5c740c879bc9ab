import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { callerOf } from '../identity/caller.js';
import { addressOf } from '../identity/client.js';

const QUIET_ROUTES = new Set(['/health', '/health/live', '/health/ready', '/ping']);

/**
 * Writes one line a request. It names its fields one by one and the route instead of the URL, so that no header,
 * body or query value can get into the log.
 */
export function logRequests(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const quiet = QUIET_ROUTES.has(request.routeOptions.url ?? '') && reply.statusCode < 500;
    logger[quiet ? 'debug' : 'info'](describe(request, reply), 'request');
    done();
  });
}

function describe(request: FastifyRequest, reply: FastifyReply) {
  const caller = callerOf(request);
  return {
    requestId: request.id,
    method: request.method,
    route: request.routeOptions.url ?? 'unknown',
    status: reply.statusCode,
    milliseconds: Math.round(reply.elapsedTime * 10) / 10,
    ipAddress: addressOf(request),
    userId: caller?.userId,
    sessionId: caller?.sessionId,
  };
}
