import { Body, Controller, Delete, Get, HttpCode, HttpStatus } from '@nestjs/common';
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
import { ReauthenticationRequiredError } from '../../sessions/sessions.errors.js';
import { TooManyAttemptsError, UserNotFoundError } from '../../users/users.errors.js';
import { InvalidCredentialsError } from '../auth.errors.js';
import { LastAdminError } from '../standing/standing.errors.js';
import { AccountDataDto, CloseAccountDto } from './dto/personal-data.dto.js';
import { PersonalDataService } from './personal-data.service.js';

@ApiTags('Users 用户')
@ApiBearerAuth()
@Controller({ path: 'users/me', version: '1' })
export class PersonalDataController {
  constructor(private readonly data: PersonalDataService) {}

  /** 导出我的数据 · Gives the caller everything that is stored about them. */
  @Get('export')
  @RateLimit('export')
  @ApiErrors(RateLimitedError, UserNotFoundError)
  async exportOwn(@CurrentUser() caller: Caller, @CurrentClient() client: Client): Promise<AccountDataDto> {
    return AccountDataDto.from(await this.data.exportOwn(caller, client));
  }

  /** 注销账号 · Erases the caller's account for good, with everything that hangs on it. */
  @Delete()
  @RateLimit('account')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiErrors(
    ...[RequestInvalidError, RateLimitedError, ServiceUnavailableError, UserNotFoundError],
    ...[InvalidCredentialsError, TooManyAttemptsError, ReauthenticationRequiredError, LastAdminError],
  )
  async close(
    @CurrentUser() caller: Caller,
    @Body() { password }: CloseAccountDto,
    @CurrentClient() client: Client,
  ): Promise<void> {
    await this.data.eraseOwn(caller, password, client);
  }
}
