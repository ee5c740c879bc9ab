import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';

export type Role = 'user' | 'admin';

/** Who is asking, as the access token says. */
export interface Caller {
  userId: string;
  sessionId: string;
  /** Generation of the refresh token this access token was issued with. */
  generation: number;
  role: Role;
}

interface RequestWithCaller {
  user?: Caller;
}

/** The caller the guard found, if the request had one. */
export function callerOf(request: unknown): Caller | undefined {
  return (request as RequestWithCaller).user;
}

/** Hands a controller method the caller of an authenticated route. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest()),
);

export interface PublicOptions {
  /** Asked with the request's body: true means that this request needs a caller after all. */
  unless?: (body: unknown) => boolean;
}

export const PUBLIC = Symbol('Public');

/** Opens a route to everyone. Without it every route needs an access token. */
export const Public = (options: PublicOptions = {}) => SetMetadata(PUBLIC, options);

export const ROLES = Symbol('Roles');

/** Opens a route only to callers of these roles; everyone else gets auth.forbidden. */
export const Roles = (...roles: Role[]) => SetMetadata(ROLES, roles);
