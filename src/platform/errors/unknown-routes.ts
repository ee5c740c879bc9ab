import type { FastifyInstance } from 'fastify';
import { MethodNotAllowedError } from './request.errors.js';
import { sendProblem } from './problem.filter.js';

/**
 * Tells a known address with another method (405 and Allow) from an unknown address (404, which Nest answers).
 * It has to be called before any route is added.
 */
export function answerUnknownRoutes(fastify: FastifyInstance): void {
  const methods = new Map<string, Set<string>>();
  fastify.addHook('onRoute', ({ url, method }) => {
    const known = methods.get(url) ?? new Set();
    for (const name of [method].flat()) known.add(name);
    methods.set(url, known);
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    const allowed = allowedMethods(methods, request.url.split('?')[0]!);
    if (!allowed.length) return done();
    void reply.header('allow', allowed.join(', '));
    sendProblem(new MethodNotAllowedError(), request, reply);
  });
}

function allowedMethods(methods: Map<string, Set<string>>, path: string): string[] {
  return [...methods].flatMap(([route, names]) => (isAt(route, path) ? [...names] : []));
}

function isAt(route: string, path: string): boolean {
  const wanted = route.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length && wanted.every((part, i) => (part.startsWith(':') ? given[i] : part === given[i]))
  );
}
