import { Body, Controller, HttpStatus, Post, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Caller, CurrentUser, Public } from '../../platform/identity/caller.js';
import { type Client, CurrentClient } from '../../platform/identity/client.js';
import { type RateChoice, RateLimit } from '../../platform/rate-limit/rate-limit.decorator.js';
import type { TokensDto } from '../dto/tokens.dto.js';
import { ApiOneDoor } from './api-one-door.decorator.js';
import type { OneDoorAction, OneDoorRequest } from './one-door.dto.js';
import { OneDoorPipe } from './one-door.pipe.js';
import { OneDoorService } from './one-door.service.js';

const STATUS: Record<OneDoorAction, HttpStatus> = {
  wechat: HttpStatus.OK,
  register: HttpStatus.CREATED,
  login: HttpStatus.OK,
  autoLogin: HttpStatus.OK,
  logout: HttpStatus.NO_CONTENT,
};

const RATES: Record<OneDoorAction, RateChoice> = {
  wechat: 'wechat',
  register: 'register',
  login: 'password',
  autoLogin: 'refresh',
  logout: 'caller',
};

// Each action counts with its own door. The body has not been checked yet.
function rateOf(body: unknown): RateChoice {
  const { action } = (body ?? {}) as { action?: unknown };
  return Object.hasOwn(RATES, String(action)) ? RATES[action as OneDoorAction] : 'public';
}

const isLogout = (body: unknown): boolean => (body as { action?: unknown } | null)?.action === 'logout';

@ApiTags('Auth 登录')
@ApiBearerAuth()
@RateLimit(rateOf)
@Controller({ path: 'auth', version: VERSION_NEUTRAL })
export class OneDoorController {
  constructor(private readonly door: OneDoorService) {}

  /** 统一入口 · One door for all: fields, answers and errors of the doors under /api/v1/auth, chosen by action. */
  @Public({ unless: isLogout })
  @Post()
  @ApiOneDoor()
  async enter(
    @Body(OneDoorPipe) request: OneDoorRequest,
    @CurrentClient() client: Client,
    @CurrentUser() caller: Caller | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TokensDto | void> {
    const answer = await this.door.enter(request, client, caller);
    void reply.status(STATUS[request.action]);
    return answer;
  }
}
