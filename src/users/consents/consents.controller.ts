import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '../../platform/errors/api-errors.decorator.js';
import { RateLimitedError } from '../../platform/errors/request.errors.js';
import { type Caller, CurrentUser } from '../../platform/identity/caller.js';
import { type Client, CurrentClient } from '../../platform/identity/client.js';
import { RateLimit } from '../../platform/rate-limit/rate-limit.decorator.js';
import { ConsentDto, GiveConsentDto } from '../dto/consent.dto.js';
import { UserNotFoundError } from '../users.errors.js';
import { Consents } from './consents.js';

@ApiTags('Users 用户')
@ApiBearerAuth()
@RateLimit('account')
@ApiErrors(RateLimitedError, UserNotFoundError)
@Controller({ path: 'users/me/consents', version: '1' })
export class ConsentsController {
  constructor(private readonly consents: Consents) {}

  /** 我同意过的政策 · Lists what the caller has agreed to, newest first. */
  @Get()
  async list(@CurrentUser() { userId }: Caller): Promise<ConsentDto[]> {
    return (await this.consents.list(userId)).map((consent) => ConsentDto.from(consent));
  }

  /** 同意政策 · Records that the caller agrees to one version of a policy. */
  @Post()
  @HttpCode(HttpStatus.NO_CONTENT)
  async give(
    @CurrentUser() { userId }: Caller,
    @Body() consent: GiveConsentDto,
    @CurrentClient() client: Client,
  ): Promise<void> {
    await this.consents.give(userId, consent, client);
  }

  /** 撤回同意 · Takes the caller's consent to a policy back. */
  @Delete(':policy')
  @HttpCode(HttpStatus.NO_CONTENT)
  async withdraw(
    @CurrentUser() { userId }: Caller,
    @Param('policy') policy: string,
    @CurrentClient() client: Client,
  ): Promise<void> {
    await this.consents.withdraw(userId, policy, client);
  }
}
