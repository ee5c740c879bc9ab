import { Controller, Delete, Get, HttpCode, HttpStatus, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '../../platform/errors/api-errors.decorator.js';
import { Roles } from '../../platform/identity/caller.js';
import { UserIdPipe } from '../../users/dto/user-id.js';
import { UserNotFoundError } from '../../users/users.errors.js';
import { CurrentAct } from '../admin/current-act.js';
import { ForbiddenError } from '../auth.errors.js';
import { LastAdminError, OwnAccountError } from '../standing/standing.errors.js';
import type { AdminAct } from '../standing/user-act.js';
import { AccountDataDto } from './dto/personal-data.dto.js';
import { PersonalDataService } from './personal-data.service.js';

@ApiTags('Admin 管理')
@ApiBearerAuth()
@Roles('admin')
@ApiErrors(ForbiddenError, UserNotFoundError)
@Controller({ path: 'admin/users/:id', version: '1' })
export class AdminPersonalDataController {
  constructor(private readonly data: PersonalDataService) {}

  /** 导出用户数据 · Everything that is stored about a user, for one who has asked for it. The audit trail notes who did. */
  @Get('export')
  async exportUser(@Param('id', UserIdPipe) id: string, @CurrentAct() by: AdminAct): Promise<AccountDataDto> {
    return AccountDataDto.from(await this.data.exportUser(id, by));
  }

  /** 注销用户 · Erases a user for good, with everything that hangs on them. */
  @Delete()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiErrors(OwnAccountError, LastAdminError)
  async eraseUser(@Param('id', UserIdPipe) id: string, @CurrentAct() by: AdminAct): Promise<void> {
    await this.data.eraseUser(id, by);
  }
}
