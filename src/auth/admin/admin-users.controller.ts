import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '../../platform/errors/api-errors.decorator.js';
import { RequestInvalidError } from '../../platform/errors/request.errors.js';
import { Roles } from '../../platform/identity/caller.js';
import { UserIdPipe } from '../../users/dto/user-id.js';
import { MergeConflictError, UserNotFoundError } from '../../users/users.errors.js';
import { ForbiddenError } from '../auth.errors.js';
import { LastAdminError, OwnAccountError } from '../standing/standing.errors.js';
import { AdminUsers } from './admin-users.js';
import { CurrentAct } from './current-act.js';
import { AdminUserDetailsDto, AdminUserPageDto } from './dto/admin-user.dto.js';
import { MergeReportDto } from './dto/merge-report.dto.js';
import { MergeUserDto } from './dto/merge-user.dto.js';
import { BanDto, RoleDto } from './dto/standing.dto.js';
import { UserQueryDto } from './dto/user-query.dto.js';
import type { AdminAct } from '../standing/user-act.js';
import { UserMerge } from './user-merge.js';
import { UserViews } from './user-views.js';

@ApiTags('Admin 管理')
@ApiBearerAuth()
@Roles('admin')
@ApiErrors(RequestInvalidError, ForbiddenError)
@Controller({ path: 'admin/users', version: '1' })
export class AdminUsersController {
  constructor(
    private readonly views: UserViews,
    private readonly users: AdminUsers,
    private readonly merging: UserMerge,
  ) {}

  /** 查找用户 · Finds users by id, username prefix, e-mail address, phone number or openid, page by page. */
  @Get()
  async search(@Query() query: UserQueryDto): Promise<AdminUserPageDto> {
    return AdminUserPageDto.from(await this.views.search(query), query);
  }

  /** 用户详情 · Shows one user, with how they log in. The audit trail notes who looked. */
  @Get(':id')
  @ApiErrors(UserNotFoundError)
  async get(@Param('id', UserIdPipe) id: string, @CurrentAct() by: AdminAct): Promise<AdminUserDetailsDto> {
    return AdminUserDetailsDto.fromDetails(await this.views.show(id, by));
  }

  /** 封禁 · Ends all sessions of the user at once, and refuses every login until the ban is over. */
  @Post(':id/ban')
  @HttpCode(HttpStatus.OK)
  @ApiErrors(UserNotFoundError, OwnAccountError, LastAdminError)
  async ban(
    @Param('id', UserIdPipe) id: string,
    @Body() ban: BanDto,
    @CurrentAct() by: AdminAct,
  ): Promise<AdminUserDetailsDto> {
    await this.users.ban(id, ban, by);
    return AdminUserDetailsDto.fromDetails(await this.views.get(id));
  }

  /** 解除封禁 · Lets the user in again. Somebody who is not banned stays so. */
  @Delete(':id/ban')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiErrors(UserNotFoundError)
  async liftBan(@Param('id', UserIdPipe) id: string, @CurrentAct() by: AdminAct): Promise<void> {
    await this.users.liftBan(id, by);
  }

  /** 更改角色 · Makes the user an admin, or no longer one. It is felt at once: their sessions end. */
  @Put(':id/role')
  @ApiErrors(UserNotFoundError, OwnAccountError, LastAdminError)
  async changeRole(
    @Param('id', UserIdPipe) id: string,
    @Body() { role }: RoleDto,
    @CurrentAct() by: AdminAct,
  ): Promise<AdminUserDetailsDto> {
    await this.users.changeRole(id, role, by);
    return AdminUserDetailsDto.fromDetails(await this.views.get(id));
  }

  /** 解除登录限制 · Lets the user try their password again at once, after failed logins. */
  @Post(':id/unlock')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiErrors(UserNotFoundError)
  async unlock(@Param('id', UserIdPipe) id: string, @CurrentAct() by: AdminAct): Promise<void> {
    await this.users.unlock(id, by);
  }

  /** 合并账号 · Merges this user into another: WeChat accounts, unionids, sessions, username and phone move over. */
  @Post(':id/merge')
  @HttpCode(HttpStatus.OK)
  @ApiErrors(UserNotFoundError, MergeConflictError)
  async merge(
    @Param('id', UserIdPipe) id: string,
    @Body() { into, dryRun }: MergeUserDto,
    @CurrentAct() by: AdminAct,
  ): Promise<MergeReportDto> {
    return MergeReportDto.from(await this.merging.merge({ from: id, into, dryRun }, by));
  }
}
