import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isIP } from 'node:net';

/** Where a request comes from, as the server sees it. */
export interface Client {
  /** X-Forwarded-For counts only through TRUSTED_PROXIES. */
  ipAddress: string;
  userAgent: string;
}

const USER_AGENT_MAX = 255;

/** The client's address. A forwarded one that is no address does not count: then it is the proxy's. */
export function addressOf({ ip, socket }: FastifyRequest): string {
  const address = isIP(ip) ? ip : (socket.remoteAddress ?? '');
  return address.split('%')[0]!;
}

export function clientOf(request: FastifyRequest): Client {
  const userAgent = request.headers['user-agent'] ?? '';
  return { ipAddress: addressOf(request), userAgent: userAgent.slice(0, USER_AGENT_MAX) };
}

/** Hands a controller method the client's address and user agent. */
export const CurrentClient = createParamDecorator((_: unknown, context: ExecutionContext): Client =>
  clientOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
