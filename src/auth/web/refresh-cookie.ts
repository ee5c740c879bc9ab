import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ENVIRONMENT, type Environment } from '../../platform/config/environment.js';

const NAME = 'wxlogin-refresh';
const PATH = '/api/v1/auth/web';

/** The browser's keeper of the refresh token: out of reach of scripts, of other sites, and of every other route. */
@Injectable()
export class RefreshCookie {
  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {}

  /** Empty when there is none; and when there are two, because then one was planted from a neighbouring subdomain. */
  read(request: FastifyRequest): string {
    const start = `${this.name(request)}=`;
    const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
    const [value = '', ...others] = pairs.flatMap((pair) => (pair.startsWith(start) ? [pair.slice(start.length)] : []));
    return others.length ? '' : value;
  }

  keep(reply: FastifyReply, refreshToken: string, maxAgeSeconds: number): void {
    this.set(reply, refreshToken, maxAgeSeconds);
  }

  drop(reply: FastifyReply): void {
    this.set(reply, '', 0);
  }

  // A refresh token is made of letters that a cookie may hold as they are.
  private set(reply: FastifyReply, value: string, maxAgeSeconds: number): void {
    const attributes = [`Path=${PATH}`, `Max-Age=${maxAgeSeconds}`, 'HttpOnly', 'SameSite=Strict'];
    if (this.isSecure(reply.request)) attributes.push('Secure');
    void reply.header('set-cookie', [`${this.name(reply.request)}=${value}`, ...attributes].join('; '));
  }

  private name(request: FastifyRequest): string {
    return this.isSecure(request) ? `__Secure-${NAME}` : NAME;
  }

  // Only a server on somebody's own machine is ever spoken to without TLS.
  private isSecure({ protocol }: FastifyRequest): boolean {
    return this.environment.isProduction || protocol === 'https';
  }
}
