import { Body, Controller, Get, HttpCode, HttpStatus, Post, Put } from '@nestjs/common';
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
import { UserDirectory } from '../../users/directory/user-directory.js';
import {
  PasswordTooWeakError,
  TooManyAttemptsError,
  UsernameAlreadySetError,
  UsernameMissingError,
  UsernameTakenError,
  UserNotFoundError,
} from '../../users/users.errors.js';
import { InvalidCredentialsError } from '../auth.errors.js';
import { ChangePasswordDto, ChooseUsernameDto, CredentialsDto } from './dto/credentials.dto.js';
import { PasswordChange } from './password-change.js';
import { UsernameChoice } from './username-choice.js';

@ApiTags('Users 用户')
@ApiBearerAuth()
@ApiErrors(RateLimitedError, UserNotFoundError)
@RateLimit('account')
@Controller({ path: 'users/me', version: '1' })
export class CredentialsController {
  constructor(
    private readonly directory: UserDirectory,
    private readonly passwords: PasswordChange,
    private readonly usernames: UsernameChoice,
  ) {}

  /** 登录方式 · Shows by which ways the caller can log in. */
  @Get('credentials')
  async list(@CurrentUser() { userId }: Caller): Promise<CredentialsDto> {
    return CredentialsDto.from(await this.directory.getLogins(userId));
  }

  /** 修改密码 · Changes the caller's password and signs out every other device. */
  @Put('password')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiErrors(
    ...[RequestInvalidError, PasswordTooWeakError, InvalidCredentialsError, TooManyAttemptsError],
    ...[ReauthenticationRequiredError, UsernameMissingError, ServiceUnavailableError],
  )
  async changePassword(
    @CurrentUser() caller: Caller,
    @Body() wish: ChangePasswordDto,
    @CurrentClient() client: Client,
  ): Promise<void> {
    await this.passwords.change(caller, wish, client);
  }

  /** 设置用户名和密码 · Gives a caller without a username one, and a password: a WeChat user can then log in anywhere. */
  @Post('username')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiErrors(
    ...[RequestInvalidError, PasswordTooWeakError, UsernameTakenError, UsernameAlreadySetError],
    ...[ReauthenticationRequiredError, ServiceUnavailableError],
  )
  async chooseUsername(
    @CurrentUser() caller: Caller,
    @Body() wish: ChooseUsernameDto,
    @CurrentClient() client: Client,
  ): Promise<void> {
    await this.usernames.set(caller, wish, client);
  }
}
