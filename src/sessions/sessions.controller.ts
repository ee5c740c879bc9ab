import { Controller, Delete, Get, HttpCode, HttpStatus, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '../platform/errors/api-errors.decorator.js';
import { CurrentLanguage } from '../platform/errors/current-language.decorator.js';
import type { Language } from '../platform/errors/problem-details.js';
import { RequestInvalidError } from '../platform/errors/request.errors.js';
import { type Caller, CurrentUser } from '../platform/identity/caller.js';
import { type Client, CurrentClient } from '../platform/identity/client.js';
import { SessionEventPageDto, SessionEventQueryDto } from './dto/session-event.dto.js';
import { SessionIdPipe } from './dto/session-id.pipe.js';
import { SessionDto } from './dto/session.dto.js';
import { SessionHistory } from './history/session-history.js';
import { SessionNotFoundError } from './sessions.errors.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('Sessions 会话')
@ApiBearerAuth()
@Controller({ path: 'sessions', version: '1' })
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly history: SessionHistory,
  ) {}

  /** 登录设备列表 · Lists the caller's signed-in devices, newest first. */
  @Get()
  async list(@CurrentUser() caller: Caller): Promise<SessionDto[]> {
    const open = await this.sessions.list(caller.userId);
    return open.map((session) => SessionDto.from(session, caller.sessionId));
  }

  /** 会话时间线 · Tells why a device was logged out: what happened to a session, open or over, newest first. */
  @Get(':id/events')
  @ApiErrors(RequestInvalidError, SessionNotFoundError)
  async events(
    @CurrentUser() { userId }: Caller,
    @Param('id', SessionIdPipe) id: string,
    @Query() query: SessionEventQueryDto,
    @CurrentLanguage() language: Language,
  ): Promise<SessionEventPageDto> {
    return SessionEventPageDto.from(await this.history.find({ id, userId }, query), language);
  }

  /** 下线一台设备 · Signs one device out. Signing out a device that is already out is not an error. */
  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiErrors(SessionNotFoundError)
  async end(
    @CurrentUser() caller: Caller,
    @Param('id', SessionIdPipe) id: string,
    @CurrentClient() client: Client,
  ): Promise<void> {
    await this.sessions.end(id, caller, client);
  }

  /** 下线其他设备 · Signs out every device but the one that is asking. */
  @Delete()
  @HttpCode(HttpStatus.NO_CONTENT)
  async endOthers(@CurrentUser() caller: Caller, @CurrentClient() client: Client): Promise<void> {
    await this.sessions.endOthers(caller, client);
  }
}
