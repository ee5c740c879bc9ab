import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '../../platform/errors/api-errors.decorator.js';
import {
  RateLimitedError,
  RequestInvalidError,
  ServiceUnavailableError,
} from '../../platform/errors/request.errors.js';
import { type Caller, CurrentUser } from '../../platform/identity/caller.js';
import { type Client, CurrentClient } from '../../platform/identity/client.js';
import { RateLimit } from '../../platform/rate-limit/rate-limit.decorator.js';
import { TooManyAttemptsError, UserNotFoundError } from '../../users/users.errors.js';
import { LOGIN_CODE_ERRORS } from '../../wechat/wechat.errors.js';
import { InvalidCredentialsError } from '../auth.errors.js';
import { ReauthenticateDto } from './dto/reauthenticate.dto.js';
import { Reauthentication } from './reauthentication.js';

@ApiTags('Auth 登录')
@ApiBearerAuth()
@RateLimit('account')
@Controller({ path: 'auth', version: '1' })
export class ReauthenticationController {
  constructor(private readonly reauthentication: Reauthentication) {}

  /** 再次验证身份 · Proves again who the caller is, by password or a code from wx.login, before a change of how they log in. */
  @Post('reauthenticate')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiErrors(
    ...[RequestInvalidError, RateLimitedError, ServiceUnavailableError],
    ...[InvalidCredentialsError, TooManyAttemptsError, UserNotFoundError, ...LOGIN_CODE_ERRORS],
  )
  async reauthenticate(
    @CurrentUser() caller: Caller,
    @Body() input: ReauthenticateDto,
    @CurrentClient() client: Client,
  ): Promise<void> {
    await this.reauthentication.renew(caller, ReauthenticateDto.proofIn(input), client);
  }
}
