import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RequestInvalidError, UnsupportedMediaTypeError } from '../errors/request.errors.js';

const FORM = /^application\/x-www-form-urlencoded\s*(;|$)/i;

/**
 * Hands a controller method the fields of a form; the route needs `@RawBody()`. RFC 6749 allows each field once, and says
 * that an empty one counts as left out.
 */
export const FormBody = createParamDecorator((_: unknown, context: ExecutionContext): Record<string, string> => {
  const { headers, body } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!FORM.test(headers['content-type'] ?? '')) throw new UnsupportedMediaTypeError();
  const fields = [...new URLSearchParams(typeof body === 'string' ? body : '')];
  const names = fields.map(([name]) => name);
  if (new Set(names).size !== names.length) throw new RequestInvalidError();
  return Object.fromEntries(fields.filter(([, value]) => value !== ''));
});
