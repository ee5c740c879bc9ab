import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Where a request comes from, as the server sees it. */
export interface Client {
  /** X-Forwarded-For counts only through TRUSTED_PROXIES. */
  ipAddress: string;
  userAgent: string;
}

const USER_AGENT_MAX = 255;

/** Hands a controller method the client's address and user agent. */
export const CurrentClient = createParamDecorator((_: unknown, context: ExecutionContext): Client => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const userAgent = request.headers['user-agent'] ?? '';
  return { ipAddress: request.ip, userAgent: userAgent.slice(0, USER_AGENT_MAX) };
});
