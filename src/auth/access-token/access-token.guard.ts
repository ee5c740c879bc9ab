import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import jwt from 'jsonwebtoken';
import { isNativeError } from 'node:util/types';
import { type Caller, PUBLIC, type PublicOptions, type Role, ROLES } from '../../platform/identity/caller.js';
import { LiveSessions } from '../../sessions/live/live-sessions.js';
import { AccessTokenInvalidError, AccessTokenMissingError, ForbiddenError } from '../auth.errors.js';
import { AccessTokenStrategy } from './access-token.strategy.js';
import { type VerifiedToken, VerifiedTokens } from './verified-tokens.js';

type GuardedRequest = Omit<FastifyRequest, 'user'> & { user?: Caller | VerifiedToken };

/** Closed by default: every route needs an access token of a live session unless it is `@Public()`; some need a role. */
@Injectable()
export class AccessTokenGuard extends AuthGuard() {
  constructor(
    private readonly reflector: Reflector,
    private readonly verified: VerifiedTokens,
    private readonly live: LiveSessions,
    strategy: AccessTokenStrategy,
  ) {
    super(ownStrategy(strategy));
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<GuardedRequest>();
    if (this.isPublic(context, request.body)) return true;
    const token = bearerToken(request.headers.authorization);
    const caller = this.verified.find(token) ?? this.verified.remember(token, await this.verify(context, request));
    await this.live.admit(caller);
    this.requireRole(context, caller);
    request.user = caller;
    return true;
  }

  /** passport's verdict: our own errors as they are, jsonwebtoken's as "invalid", a failing database as itself. */
  override handleRequest<T>(error: unknown, user: T | false, info: unknown): T {
    if (user) return user;
    const cause = error ?? info;
    throw cause instanceof jwt.JsonWebTokenError || !isNativeError(cause) ? new AccessTokenInvalidError() : cause;
  }

  private isPublic(context: ExecutionContext, body: unknown): boolean {
    const options = this.reflector.getAllAndOverride<PublicOptions | undefined>(PUBLIC, targetsOf(context));
    return options !== undefined && !options.unless?.(body);
  }

  private requireRole(context: ExecutionContext, { role }: Caller): void {
    const roles = this.reflector.getAllAndOverride<Role[] | undefined>(ROLES, targetsOf(context));
    if (roles && !roles.includes(role)) throw new ForbiddenError();
  }

  private async verify(context: ExecutionContext, request: GuardedRequest): Promise<VerifiedToken> {
    await super.canActivate(context);
    return request.user as VerifiedToken;
  }
}

// By its name passport would find the strategy of the last server that this process started, which in tests is another
// one. Handed a strategy itself it writes each request's callbacks into it: so every request gets one of its own.
function ownStrategy(strategy: AccessTokenStrategy): { defaultStrategy: string } {
  return {
    get defaultStrategy() {
      return Object.create(strategy) as string;
    },
  };
}

function targetsOf(context: ExecutionContext) {
  return [context.getHandler(), context.getClass()];
}

// An ES256 signature has 64 bytes; jsonwebtoken throws a TypeError of its own for one of any other length.
const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]{86})$/i;

function bearerToken(authorization: string | undefined): string {
  if (!authorization) throw new AccessTokenMissingError();
  const token = BEARER.exec(authorization)?.[1];
  if (!token) throw new AccessTokenInvalidError();
  return token;
}
