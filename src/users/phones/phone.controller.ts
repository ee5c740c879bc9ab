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
import { PHONE_CODE_ERRORS } from '../../wechat/wechat.errors.js';
import { PhoneCodeDto, PhoneDto } from '../dto/phone.dto.js';
import { PhoneTakenError, WechatNotBoundError } from '../users.errors.js';
import { PhoneService } from './phone.service.js';

@ApiTags('Users 用户')
@ApiBearerAuth()
@RateLimit('account')
@Controller({ path: 'users/me/phone', version: '1' })
export class PhoneController {
  constructor(private readonly phones: PhoneService) {}

  /** 绑定手机号 · Sets the caller's phone number with a code from the getPhoneNumber button. */
  @Post()
  @HttpCode(HttpStatus.OK)
  @ApiErrors(
    ...[RequestInvalidError, RateLimitedError, ServiceUnavailableError],
    ...[...PHONE_CODE_ERRORS, PhoneTakenError, WechatNotBoundError],
  )
  async replace(
    @CurrentUser() { userId }: Caller,
    @Body() input: PhoneCodeDto,
    @CurrentClient() client: Client,
  ): Promise<PhoneDto> {
    return { phone: (await this.phones.replace(userId, input, client)).phone };
  }
}
