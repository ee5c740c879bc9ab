import type { FastifyInstance } from 'fastify';
import { isUtf8 } from 'node:buffer';
import { RequestInvalidError } from '../errors/request.errors.js';

const LEVELS_MAX = 16; // our deepest body has 2; what walks a body by recursion must not run out of stack

/**
 * Takes JSON bodies and no others; `__proto__` and `constructor` keys are refused, and bytes that are not UTF-8, which
 * would otherwise all be read as the same replacement character. An empty body counts as none: `wx.request` says
 * `application/json` also when it sends nothing.
 */
export function acceptJsonOnly(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    if (!isUtf8(body)) return done(new RequestInvalidError());
    return void parse(request, body.toString(), (error, value: unknown) => {
      if (!error && isDeeperThan(value, LEVELS_MAX)) done(new RequestInvalidError());
      else done(error, value);
    });
  });
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => isDeeperThan(child, levels - 1));
}
