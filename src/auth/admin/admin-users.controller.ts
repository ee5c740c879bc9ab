import { Body, Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '../../platform/errors/api-errors.decorator.js';
import { RequestInvalidError } from '../../platform/errors/request.errors.js';
import { type Caller, CurrentUser, Roles } from '../../platform/identity/caller.js';
import { type Client, CurrentClient } from '../../platform/identity/client.js';
import { UserIdPipe } from '../../users/dto/user-id.js';
import { MergeConflictError, UserNotFoundError } from '../../users/users.errors.js';
import { ForbiddenError } from '../auth.errors.js';
import { MergeReportDto } from './dto/merge-report.dto.js';
import { MergeUserDto } from './dto/merge-user.dto.js';
import { UserMerge } from './user-merge.js';

@ApiTags('Admin 管理')
@ApiBearerAuth()
@Roles('admin')
@ApiErrors(RequestInvalidError, ForbiddenError)
@Controller({ path: 'admin/users', version: '1' })
export class AdminUsersController {
  constructor(private readonly merging: UserMerge) {}

  /** 合并账号 · Merges this user into another: WeChat accounts, unionids, sessions, username and phone move over. */
  @Post(':id/merge')
  @HttpCode(HttpStatus.OK)
  @ApiErrors(UserNotFoundError, MergeConflictError)
  async merge(
    @Param('id', UserIdPipe) id: string,
    @Body() { into, dryRun }: MergeUserDto,
    @CurrentUser() caller: Caller,
    @CurrentClient() client: Client,
  ): Promise<MergeReportDto> {
    return MergeReportDto.from(await this.merging.merge({ from: id, into, dryRun }, { caller, client }));
  }
}
