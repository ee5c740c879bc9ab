import { Body, Controller, Delete, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '../../platform/errors/api-errors.decorator.js';
import { RateLimitedError, RequestInvalidError } from '../../platform/errors/request.errors.js';
import { type Caller, CurrentUser } from '../../platform/identity/caller.js';
import { type Client, CurrentClient } from '../../platform/identity/client.js';
import { RateLimit } from '../../platform/rate-limit/rate-limit.decorator.js';
import { ReauthenticationRequiredError } from '../../sessions/sessions.errors.js';
import {
  LastCredentialError,
  UserNotFoundError,
  WechatAlreadyBoundError,
  WechatNotBoundError,
} from '../../users/users.errors.js';
import { LOGIN_CODE_ERRORS } from '../../wechat/wechat.errors.js';
import { Bindings } from './bindings.js';
import { BindWechatDto } from './dto/bind-wechat.dto.js';

@ApiTags('Users 用户')
@ApiBearerAuth()
@ApiErrors(RateLimitedError, UserNotFoundError, ReauthenticationRequiredError)
@RateLimit('account')
@Controller({ path: 'users/me', version: '1' })
export class BindingsController {
  constructor(private readonly bindings: Bindings) {}

  /** 绑定微信 · Ties the WeChat account of a code from wx.login to the caller, who can log in with it from then on. */
  @Post('wechat')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiErrors(
    ...[RequestInvalidError, RateLimitedError, ...LOGIN_CODE_ERRORS],
    ...[WechatAlreadyBoundError, ReauthenticationRequiredError],
  )
  async bindWechat(
    @CurrentUser() caller: Caller,
    @Body() proof: BindWechatDto,
    @CurrentClient() client: Client,
  ): Promise<void> {
    await this.bindings.bindWechat(caller, proof, client);
  }

  /** 解绑微信 · Unties the caller's WeChat account in one mini-program; never the last way to log in. */
  @Delete('wechat/:appId')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiErrors(WechatNotBoundError, LastCredentialError)
  async unbindWechat(
    @CurrentUser() caller: Caller,
    @Param('appId') appId: string,
    @CurrentClient() client: Client,
  ): Promise<void> {
    await this.bindings.unbindWechat(caller, appId, client);
  }

  /** 解绑手机号 · Removes the caller's phone number; never the last way to log in. */
  @Delete('phone')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiErrors(LastCredentialError)
  async removePhone(@CurrentUser() caller: Caller, @CurrentClient() client: Client): Promise<void> {
    await this.bindings.removePhone(caller, client);
  }
}
