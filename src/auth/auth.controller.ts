import { Body, Controller, Get, HttpCode, HttpStatus, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '../platform/errors/api-errors.decorator.js';
import { RateLimitedError, RequestInvalidError, ServiceUnavailableError } from '../platform/errors/request.errors.js';
import { type Caller, CurrentUser, Public } from '../platform/identity/caller.js';
import { type Client, CurrentClient } from '../platform/identity/client.js';
import { RateLimit } from '../platform/rate-limit/rate-limit.decorator.js';
import { REFRESH_ERRORS } from '../sessions/sessions.errors.js';
import {
  EmailTakenError,
  PasswordTooWeakError,
  TooManyAttemptsError,
  UserBannedError,
  UsernameTakenError,
} from '../users/users.errors.js';
import { LOGIN_CODE_ERRORS, PhoneCodeInvalidError } from '../wechat/wechat.errors.js';
import { InvalidCredentialsError } from './auth.errors.js';
import { AuthService } from './auth.service.js';
import { PasswordLoginDto } from './dto/password-login.dto.js';
import { PhoneLoginDto } from './dto/phone-login.dto.js';
import { RefreshDto } from './dto/refresh.dto.js';
import { RegisterDto } from './dto/register.dto.js';
import { TokensDto } from './dto/tokens.dto.js';
import { UsernameAvailableDto, UsernameDto } from './dto/username.dto.js';
import { WechatLoginDto } from './dto/wechat-login.dto.js';

@ApiTags('Auth 登录')
@ApiErrors(RequestInvalidError, RateLimitedError)
@Controller({ path: 'auth', version: '1' })
export class AuthController {
  constructor(private readonly auth: AuthService) {}

  /** 微信登录 · Logs in with a code from wx.login; makes the user on the first visit. */
  @Public()
  @RateLimit('wechat')
  @Post('wechat')
  @HttpCode(HttpStatus.OK)
  @ApiErrors(...LOGIN_CODE_ERRORS, UserBannedError)
  wechat(@Body() { device, ...input }: WechatLoginDto, @CurrentClient() client: Client): Promise<TokensDto> {
    return this.auth.loginWithWechat(input, { client, device });
  }

  /** 手机号一键登录 · Logs in with a code from wx.login and one from the getPhoneNumber button, in one tap. */
  @Public()
  @RateLimit('phone')
  @Post('phone')
  @HttpCode(HttpStatus.OK)
  @ApiErrors(RequestInvalidError, ...LOGIN_CODE_ERRORS, PhoneCodeInvalidError, UserBannedError)
  phone(@Body() { device, ...codes }: PhoneLoginDto, @CurrentClient() client: Client): Promise<TokensDto> {
    return this.auth.loginWithPhone(codes, { client, device });
  }

  /** 注册 · Registers a username and password, and logs in. */
  @Public()
  @RateLimit('register')
  @Post('register')
  @ApiErrors(PasswordTooWeakError, UsernameTakenError, EmailTakenError, ServiceUnavailableError)
  register(@Body() { device, ...registration }: RegisterDto, @CurrentClient() client: Client): Promise<TokensDto> {
    return this.auth.register(registration, { client, device });
  }

  /** 密码登录 · Logs in with a username (or e-mail address) and password. */
  @Public()
  @RateLimit('password')
  @Post('login')
  @HttpCode(HttpStatus.OK)
  @ApiErrors(InvalidCredentialsError, TooManyAttemptsError, UserBannedError, ServiceUnavailableError)
  login(@Body() { device, ...credentials }: PasswordLoginDto, @CurrentClient() client: Client): Promise<TokensDto> {
    return this.auth.loginWithPassword(credentials, { client, device });
  }

  /** 续期 · Gets the next pair of tokens. Asking again with the same token, because the answer was lost, gets the same one. */
  @Public()
  @RateLimit('refresh')
  @Post('refresh')
  @HttpCode(HttpStatus.OK)
  @ApiErrors(...REFRESH_ERRORS, UserBannedError)
  refresh(@Body() { refreshToken }: RefreshDto, @CurrentClient() client: Client): Promise<TokensDto> {
    return this.auth.refresh(refreshToken, client);
  }

  /** 退出登录 · Ends this session. */
  @ApiBearerAuth()
  @Post('logout')
  @HttpCode(HttpStatus.NO_CONTENT)
  async logout(@CurrentUser() caller: Caller, @CurrentClient() client: Client): Promise<void> {
    await this.auth.logout(caller, client);
  }

  /** 用户名是否可用 · Is a username still free? */
  @Public()
  @RateLimit('availability')
  @Get('username-available')
  async usernameAvailable(@Query() { username }: UsernameDto): Promise<UsernameAvailableDto> {
    return { available: await this.auth.isUsernameAvailable(username) };
  }
}
