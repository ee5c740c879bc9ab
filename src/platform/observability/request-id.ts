import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { v7 as uuidv7 } from 'uuid';

const GIVEN_ID = /^[\w-]{8,64}$/;

/** Takes over a proxy's X-Request-Id when it is harmless, and makes one otherwise. */
export function identifyRequest(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && GIVEN_ID.test(given) ? given : uuidv7();
}

/** Tells every client the id under which its request is in the log. */
export function nameRequests(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
}
