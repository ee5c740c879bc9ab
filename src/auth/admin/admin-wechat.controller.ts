import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '../../platform/errors/api-errors.decorator.js';
import { RequestInvalidError } from '../../platform/errors/request.errors.js';
import { Roles } from '../../platform/identity/caller.js';
import { WechatAppUnknownError, WechatMisconfiguredError, WechatUnavailableError } from '../../wechat/wechat.errors.js';
import { ForbiddenError } from '../auth.errors.js';
import type { AdminAct } from '../standing/user-act.js';
import { AdminWechat } from './admin-wechat.js';
import { CurrentAct } from './current-act.js';
import { EndpointQuotaDto, QuotaQuestionDto, WechatAppDto } from './dto/wechat-app.dto.js';

@ApiTags('Admin 管理')
@ApiBearerAuth()
@Roles('admin')
@ApiErrors(ForbiddenError)
@Controller({ path: 'admin/wechat/apps', version: '1' })
export class AdminWechatController {
  constructor(private readonly wechat: AdminWechat) {}

  /** 小程序状态 · Shows how the conversation with WeChat goes for each mini-program. */
  @Get()
  async listApps(): Promise<WechatAppDto[]> {
    return (await this.wechat.list()).map((app) => WechatAppDto.from(app));
  }

  /** 查询接口额度 · Asks WeChat how much of today's quota is left. */
  @Post(':appId/quota')
  @HttpCode(HttpStatus.OK)
  @ApiErrors(RequestInvalidError, WechatAppUnknownError, WechatUnavailableError, WechatMisconfiguredError)
  async askQuota(
    @Param('appId') appId: string,
    @Body() { endpoint }: QuotaQuestionDto,
    @CurrentAct() by: AdminAct,
  ): Promise<EndpointQuotaDto[]> {
    return (await this.wechat.askQuota(appId, endpoint, by)).map((quota) => EndpointQuotaDto.from(quota));
  }
}
