import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AppError } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/identity/caller.js';
import type { Client } from '../../platform/identity/client.js';
import type { Registration } from '../../users/password-accounts.js';
import { AuthService } from '../auth.service.js';
import type { TokensDto } from '../dto/tokens.dto.js';
import type { Origin } from '../login/login-result.js';
import type { Credentials } from '../login/password-login.js';
import { RefreshCookie } from './refresh-cookie.js';
import { WebTokensDto } from './web-tokens.dto.js';

/** Where the tokens go: with the answer, and into its cookie. */
interface Browser {
  reply: FastifyReply;
}

/** The ways in and out for our own web page: as for everyone, only that the refresh token goes into a cookie. */
@Injectable()
export class WebAuth {
  constructor(
    private readonly auth: AuthService,
    private readonly cookie: RefreshCookie,
  ) {}

  async register(registration: Registration, { reply, ...origin }: Origin & Browser): Promise<WebTokensDto> {
    return this.keep(await this.auth.register(registration, origin), reply);
  }

  async login(credentials: Credentials, { reply, ...origin }: Origin & Browser): Promise<WebTokensDto> {
    return this.keep(await this.auth.loginWithPassword(credentials, origin), reply);
  }

  async refresh(client: Client, reply: FastifyReply): Promise<WebTokensDto> {
    try {
      return this.keep(await this.auth.refresh(this.cookie.read(reply.request), client), reply);
    } catch (error) {
      if (isForGood(error)) this.cookie.drop(reply);
      throw error;
    }
  }

  async logout(caller: Caller, { reply, client }: { client: Client } & Browser): Promise<void> {
    await this.auth.logout(caller, client);
    this.cookie.drop(reply);
  }

  private keep(tokens: TokensDto, reply: FastifyReply): WebTokensDto {
    this.cookie.keep(reply, tokens.refreshToken, tokens.refreshExpiresIn);
    return WebTokensDto.from(tokens);
  }
}

// A busy server or database says nothing about the token.
function isForGood(error: unknown): boolean {
  return error instanceof AppError && ['unauthenticated', 'forbidden'].includes(error.type.kind);
}
