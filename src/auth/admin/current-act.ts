import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../../platform/identity/caller.js';
import { clientOf } from '../../platform/identity/client.js';
import type { AdminAct } from '../standing/user-act.js';

/** Hands a controller method who is acting, and from where. */
export const CurrentAct = createParamDecorator((_: unknown, context: ExecutionContext): AdminAct => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return { caller: callerOf(request)!, client: clientOf(request) };
});
