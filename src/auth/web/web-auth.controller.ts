import { Body, Controller, HttpCode, HttpStatus, Post, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiErrors } from '../../platform/errors/api-errors.decorator.js';
import {
  RateLimitedError,
  RequestInvalidError,
  ServiceUnavailableError,
} from '../../platform/errors/request.errors.js';
import { type Caller, CurrentUser, Public } from '../../platform/identity/caller.js';
import { type Client, CurrentClient } from '../../platform/identity/client.js';
import { RateLimit } from '../../platform/rate-limit/rate-limit.decorator.js';
import { REFRESH_ERRORS } from '../../sessions/sessions.errors.js';
import {
  EmailTakenError,
  PasswordTooWeakError,
  TooManyAttemptsError,
  UserBannedError,
  UsernameTakenError,
} from '../../users/users.errors.js';
import { ForbiddenError, InvalidCredentialsError } from '../auth.errors.js';
import { PasswordLoginDto } from '../dto/password-login.dto.js';
import { RegisterDto } from '../dto/register.dto.js';
import { SameOriginGuard, WEB_HEADER } from './same-origin.guard.js';
import { WebAuth } from './web-auth.js';
import { WebTokensDto } from './web-tokens.dto.js';

@ApiTags('Web 网页登录')
@ApiHeader({ name: WEB_HEADER, required: true, description: 'CSRF', schema: { type: 'string', enum: ['1'] } })
@ApiErrors(RequestInvalidError, RateLimitedError, ForbiddenError)
@UseGuards(SameOriginGuard)
@Controller({ path: 'auth/web', version: '1' })
export class WebAuthController {
  constructor(private readonly web: WebAuth) {}

  /** 网页注册 · Registers a username and password, and logs this server's own web page in. */
  @Public()
  @RateLimit('register')
  @Post('register')
  @ApiErrors(PasswordTooWeakError, UsernameTakenError, EmailTakenError, ServiceUnavailableError)
  register(
    @Body() { device, ...registration }: RegisterDto,
    @CurrentClient() client: Client,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebTokensDto> {
    return this.web.register(registration, { client, device, reply });
  }

  /** 网页密码登录 · Logs this server's own web page in; the refresh token is kept in an httpOnly cookie. */
  @Public()
  @RateLimit('password')
  @Post('login')
  @HttpCode(HttpStatus.OK)
  @ApiErrors(InvalidCredentialsError, TooManyAttemptsError, UserBannedError, ServiceUnavailableError)
  login(
    @Body() { device, ...credentials }: PasswordLoginDto,
    @CurrentClient() client: Client,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebTokensDto> {
    return this.web.login(credentials, { client, device, reply });
  }

  /** 网页续期 · Gets the web page its next access token, for the refresh token in the cookie. */
  @Public()
  @RateLimit('refresh')
  @Post('refresh')
  @HttpCode(HttpStatus.OK)
  @ApiErrors(...REFRESH_ERRORS, UserBannedError, ForbiddenError)
  refresh(@CurrentClient() client: Client, @Res({ passthrough: true }) reply: FastifyReply): Promise<WebTokensDto> {
    return this.web.refresh(client, reply);
  }

  /** 网页退出登录 · Ends this session and takes the cookie away. */
  @ApiBearerAuth()
  @Post('logout')
  @HttpCode(HttpStatus.NO_CONTENT)
  async logout(
    @CurrentUser() caller: Caller,
    @CurrentClient() client: Client,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.web.logout(caller, { client, reply });
  }
}
