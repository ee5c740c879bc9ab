import { Body, Controller, Get, Header, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '../../platform/errors/api-errors.decorator.js';
import { RequestInvalidError, RequestTooLargeError } from '../../platform/errors/request.errors.js';
import { Public } from '../../platform/identity/caller.js';
import { RateLimit } from '../../platform/rate-limit/rate-limit.decorator.js';
import { RawBody } from '../../platform/validation/raw-body.decorator.js';
import { WechatAppUnknownError, WechatSignatureInvalidError } from '../../wechat/wechat.errors.js';
import { PushQueryDto } from './push-query.dto.js';
import { WechatEventsService } from './wechat-events.service.js';

const TEXT = 'text/plain; charset=utf-8';
const TAKEN = 'success'; // anything else makes WeChat ask three times and warn the owner of the mini-program

/** Public, because WeChat signs what it sends; and without a limit, because it may send much from few addresses. */
@ApiTags('WeChat 微信')
@ApiErrors(RequestInvalidError, WechatAppUnknownError, WechatSignatureInvalidError)
@RateLimit('none')
@Controller({ path: 'wechat/events', version: '1' })
export class WechatEventsController {
  constructor(private readonly events: WechatEventsService) {}

  /** 消息推送：校验地址 · Answers WeChat's check of the message push address with its echostr. */
  @Public()
  @Get(':appId')
  @Header('content-type', TEXT)
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'echostr', schema: { type: 'string' } })
  checkUrl(@Param('appId') appId: string, @Query() query: PushQueryDto): string {
    return this.events.checkUrl(appId, query);
  }

  /** 消息推送：接收 · Takes in a message or event that WeChat pushes, plain or encrypted, JSON or XML as configured. */
  @Public()
  @Post(':appId')
  @RawBody()
  @HttpCode(HttpStatus.OK)
  @Header('content-type', TEXT)
  @ApiConsumes('application/json', 'text/xml')
  @ApiBody({ schema: { type: 'string' } })
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: TAKEN, schema: { type: 'string', example: TAKEN } })
  @ApiErrors(RequestTooLargeError)
  async receive(@Param('appId') appId: string, @Query() query: PushQueryDto, @Body() body = ''): Promise<string> {
    await this.events.receive({ appId, query, body });
    return TAKEN;
  }
}
