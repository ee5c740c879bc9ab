import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '../../../platform/errors/api-errors.decorator.js';
import { RequestInvalidError } from '../../../platform/errors/request.errors.js';
import { Roles } from '../../../platform/identity/caller.js';
import { TooManyWebhooksError, WebhookNotFoundError } from '../../../platform/webhooks/webhooks.errors.js';
import { Webhooks } from '../../../platform/webhooks/webhooks.js';
import { ForbiddenError } from '../../auth.errors.js';
import { actorOf, type AdminAct } from '../../standing/user-act.js';
import { CurrentAct } from '../current-act.js';
import { WebhookIdPipe } from './webhook-id.pipe.js';
import { CreateWebhookDto, UpdateWebhookDto, WebhookDto, WebhookWithSecretDto } from './webhook.dto.js';

@ApiTags('Admin 管理')
@ApiBearerAuth()
@Roles('admin')
@ApiErrors(ForbiddenError)
@Controller({ path: 'admin/webhooks', version: '1' })
export class AdminWebhooksController {
  constructor(private readonly webhooks: Webhooks) {}

  /** Webhook 列表 · Lists every webhook. */
  @Get()
  async listWebhooks(): Promise<WebhookDto[]> {
    return (await this.webhooks.list()).map((webhook) => WebhookDto.from(webhook));
  }

  /** 新建 webhook · Makes a webhook; its signing secret is shown this once. */
  @Post()
  @ApiErrors(RequestInvalidError, TooManyWebhooksError)
  async createWebhook(@Body() settings: CreateWebhookDto, @CurrentAct() by: AdminAct): Promise<WebhookWithSecretDto> {
    return WebhookWithSecretDto.fromNew(await this.webhooks.create(settings, actorOf(by)));
  }

  /** Webhook 详情 · Shows one webhook. */
  @Get(':id')
  @ApiErrors(WebhookNotFoundError)
  async getWebhook(@Param('id', WebhookIdPipe) id: string): Promise<WebhookDto> {
    return WebhookDto.from(await this.webhooks.get(id));
  }

  /** 修改 webhook · Replaces the settings of a webhook, or stops it. */
  @Put(':id')
  @ApiErrors(WebhookNotFoundError, RequestInvalidError)
  async updateWebhook(
    @Param('id', WebhookIdPipe) id: string,
    @Body() settings: UpdateWebhookDto,
    @CurrentAct() by: AdminAct,
  ): Promise<WebhookDto> {
    return WebhookDto.from(await this.webhooks.update(id, settings, actorOf(by)));
  }

  /** 删除 webhook · Deletes a webhook with its deliveries. */
  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiErrors(WebhookNotFoundError)
  async deleteWebhook(@Param('id', WebhookIdPipe) id: string, @CurrentAct() by: AdminAct): Promise<void> {
    await this.webhooks.delete(id, actorOf(by));
  }

  /** 更换 webhook 密钥 · Gives a webhook a new secret; for a day every request is signed with both. */
  @Post(':id/rotate-secret')
  @HttpCode(HttpStatus.OK)
  @ApiErrors(WebhookNotFoundError)
  async rotateWebhookSecret(
    @Param('id', WebhookIdPipe) id: string,
    @CurrentAct() by: AdminAct,
  ): Promise<WebhookWithSecretDto> {
    return WebhookWithSecretDto.fromNew(await this.webhooks.rotateSecret(id, actorOf(by)));
  }
}
