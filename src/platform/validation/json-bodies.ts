import type { FastifyInstance } from 'fastify';
import { RequestInvalidError, UnsupportedMediaTypeError } from '../errors/request.errors.js';
import { wantsRawBody } from './raw-body.decorator.js';

const LEVELS_MAX = 16; // our deepest body has 2; what walks a body by recursion must not run out of stack

/**
 * Takes JSON bodies and no others; `__proto__` and `constructor` keys are refused. An empty body counts as none:
 * `wx.request` says `application/json` also when it sends nothing. A route with `@RawBody()` gets the text, of any type.
 */
export function acceptJsonOnly(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (wantsRawBody(request)) return done(null, body);
    if (body === '') return done(null, undefined);
    return void parse(request, body, (error, value: unknown) => {
      if (!error && isDeeperThan(value, LEVELS_MAX)) done(new RequestInvalidError());
      else done(error, value);
    });
  });
  fastify.addContentTypeParser<string>('*', { parseAs: 'string' }, (request, body, done) => {
    if (wantsRawBody(request)) done(null, body);
    else done(request.is404 ? null : new UnsupportedMediaTypeError());
  });
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => isDeeperThan(child, levels - 1));
}
