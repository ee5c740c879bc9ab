import { Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '../../../platform/errors/api-errors.decorator.js';
import { RequestInvalidError } from '../../../platform/errors/request.errors.js';
import { Roles } from '../../../platform/identity/caller.js';
import { WebhookDeliveries } from '../../../platform/webhooks/deliveries/webhook-deliveries.js';
import {
  DeliveryNotFoundError,
  WebhookDisabledError,
  WebhookNotFoundError,
} from '../../../platform/webhooks/webhooks.errors.js';
import { ForbiddenError } from '../../auth.errors.js';
import { actorOf, type AdminAct } from '../../standing/user-act.js';
import { CurrentAct } from '../current-act.js';
import { DeliveryDto, DeliveryPageDto, DeliveryQueryDto } from './delivery.dto.js';
import { DeliveryIdPipe, WebhookIdPipe } from './webhook-id.pipe.js';

@ApiTags('Admin 管理')
@ApiBearerAuth()
@Roles('admin')
@ApiErrors(ForbiddenError, WebhookNotFoundError)
@Controller({ path: 'admin/webhooks/:id', version: '1' })
export class AdminDeliveriesController {
  constructor(private readonly deliveries: WebhookDeliveries) {}

  /** 投递记录 · Lists the deliveries of a webhook, newest first. */
  @Get('deliveries')
  @ApiErrors(RequestInvalidError)
  async listDeliveries(
    @Param('id', WebhookIdPipe) id: string,
    @Query() query: DeliveryQueryDto,
  ): Promise<DeliveryPageDto> {
    return DeliveryPageDto.from(await this.deliveries.list(id, query));
  }

  /** 重新投递 · Sends one delivery again at once, whatever became of it before. */
  @Post('deliveries/:deliveryId/retry')
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiErrors(WebhookNotFoundError, DeliveryNotFoundError, WebhookDisabledError)
  async retryDelivery(
    @Param('id', WebhookIdPipe) id: string,
    @Param('deliveryId', DeliveryIdPipe) deliveryId: string,
    @CurrentAct() by: AdminAct,
  ): Promise<DeliveryDto> {
    return DeliveryDto.from(await this.deliveries.retry(id, deliveryId, actorOf(by)));
  }

  /** 测试 webhook · Sends an event that means nothing, to see whether the receiver is there. */
  @Post('ping')
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiErrors(WebhookDisabledError)
  async ping(@Param('id', WebhookIdPipe) id: string, @CurrentAct() by: AdminAct): Promise<DeliveryDto> {
    return DeliveryDto.from(await this.deliveries.ping(id, actorOf(by)));
  }
}
