import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { AuditSearch } from '../../platform/audit/audit-search.js';
import { ApiErrors } from '../../platform/errors/api-errors.decorator.js';
import { RequestInvalidError } from '../../platform/errors/request.errors.js';
import { Roles } from '../../platform/identity/caller.js';
import { ForbiddenError } from '../auth.errors.js';
import { AuditPageDto, AuditQueryDto } from './dto/audit.dto.js';

@ApiTags('Admin 管理')
@ApiBearerAuth()
@Roles('admin')
@ApiErrors(RequestInvalidError, ForbiddenError)
@Controller({ path: 'admin/audit-events', version: '1' })
export class AdminAuditController {
  constructor(private readonly trail: AuditSearch) {}

  /** 审计事件 · Shows what happened, newest first, page by page. */
  @Get()
  async find(@Query() query: AuditQueryDto): Promise<AuditPageDto> {
    return AuditPageDto.from(await this.trail.find(query));
  }
}
