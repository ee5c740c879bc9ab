import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimitedError } from '../errors/request.errors.js';
import { callerOf, PUBLIC, ROLES } from '../identity/caller.js';
import { addressOf } from '../identity/client.js';
import { networkOf } from './client-network.js';
import { type RateClassName, WINDOW_SECONDS } from './rate-classes.js';
import { RATE_LIMIT, type RateChoice, type RateOf } from './rate-limit.decorator.js';
import { RateLimits, type RateState } from './rate-limits.js';

/** Limits how often one client may knock at each class of doors, and says so in every answer. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: RateLimits,
  ) {}

  canActivate(context: ExecutionContext): true | Promise<true> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const name = this.classOf(context, request.body);
    if (name === 'none') return true;
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const state = this.limits.count(name, clientOf(request));
    return state instanceof Promise ? state.then((known) => admit(name, known, reply)) : admit(name, state, reply);
  }

  private classOf(context: ExecutionContext, body: unknown): RateChoice {
    const rate = this.find<RateOf>(context, RATE_LIMIT);
    if (rate) return typeof rate === 'function' ? rate(body) : rate;
    if (this.find(context, PUBLIC)) return 'public';
    return this.find(context, ROLES) ? 'admin' : 'caller';
  }

  private find<T>(context: ExecutionContext, key: symbol): T | undefined {
    return this.reflector.getAllAndOverride<T | undefined>(key, [context.getHandler(), context.getClass()]);
  }
}

function clientOf(request: FastifyRequest): string {
  const caller = callerOf(request);
  return caller ? `user|${caller.userId}` : `network|${networkOf(addressOf(request))}`;
}

// https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
function admit(name: RateClassName, state: RateState, reply: FastifyReply): true {
  void reply.header('ratelimit-policy', `"${name}";q=${state.limit};w=${WINDOW_SECONDS}`);
  void reply.header('ratelimit', `"${name}";r=${state.remaining};t=${state.resetsInSeconds}`);
  if (state.isOver) throw new RateLimitedError({ retryAfterSeconds: state.resetsInSeconds });
  return true;
}
