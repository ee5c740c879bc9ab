import { Body, Controller, HttpStatus, Post, Res, UseGuards, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Caller, CurrentUser, Public } from '../../platform/identity/caller.js';
import { type Client, CurrentClient } from '../../platform/identity/client.js';
import { NetworkRateLimitGuard } from '../../platform/rate-limit/network-rate-limit.guard.js';
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

const isLogout = (body: unknown): boolean => (body as { action?: unknown } | null)?.action === 'logout';

@ApiTags('Auth 登录')
@ApiBearerAuth()
@UseGuards(NetworkRateLimitGuard)
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
