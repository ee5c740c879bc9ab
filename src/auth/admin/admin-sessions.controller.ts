import { Controller, Delete, Get, HttpCode, HttpStatus, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '../../platform/errors/api-errors.decorator.js';
import { type Caller, CurrentUser, Roles } from '../../platform/identity/caller.js';
import { SessionIdPipe } from '../../sessions/dto/session-id.pipe.js';
import { SessionDto } from '../../sessions/dto/session.dto.js';
import { SessionNotFoundError } from '../../sessions/sessions.errors.js';
import { UserIdPipe } from '../../users/dto/user-id.js';
import { UserNotFoundError } from '../../users/users.errors.js';
import { ForbiddenError } from '../auth.errors.js';
import { CurrentAct } from './current-act.js';
import type { AdminAct } from '../standing/user-act.js';
import { UserSessions } from './user-sessions.js';

@ApiTags('Admin 管理')
@ApiBearerAuth()
@Roles('admin')
@ApiErrors(ForbiddenError, UserNotFoundError)
@Controller({ path: 'admin/users/:id/sessions', version: '1' })
export class AdminSessionsController {
  constructor(private readonly sessions: UserSessions) {}

  /** 用户的登录设备 · Lists a user's signed-in devices, newest first. */
  @Get()
  async listOfUser(@Param('id', UserIdPipe) id: string, @CurrentUser() caller: Caller): Promise<SessionDto[]> {
    return (await this.sessions.list(id)).map((session) => SessionDto.from(session, caller.sessionId));
  }

  /** 下线用户的一台设备 · Signs one of a user's devices out. One that is already out is not an error. */
  @Delete(':sessionId')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiErrors(SessionNotFoundError, UserNotFoundError)
  async endOfUser(
    @Param('id', UserIdPipe) id: string,
    @Param('sessionId', SessionIdPipe) sessionId: string,
    @CurrentAct() by: AdminAct,
  ): Promise<void> {
    await this.sessions.end(id, sessionId, by);
  }

  /** 下线用户的全部设备 · Signs all of a user's devices out. */
  @Delete()
  @HttpCode(HttpStatus.NO_CONTENT)
  async endAllOfUser(@Param('id', UserIdPipe) id: string, @CurrentAct() by: AdminAct): Promise<void> {
    await this.sessions.endAll(id, by);
  }
}
