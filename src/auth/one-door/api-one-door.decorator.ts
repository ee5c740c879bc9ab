import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ApiErrors } from '../../platform/errors/api-errors.decorator.js';
import {
  RateLimitedError,
  RequestInvalidError,
  ServiceUnavailableError,
} from '../../platform/errors/request.errors.js';
import { REFRESH_ERRORS } from '../../sessions/sessions.errors.js';
import {
  EmailTakenError,
  PasswordTooWeakError,
  TooManyAttemptsError,
  UserBannedError,
  UsernameTakenError,
} from '../../users/users.errors.js';
import { LOGIN_CODE_ERRORS } from '../../wechat/wechat.errors.js';
import { AccessTokenMissingError, InvalidCredentialsError } from '../auth.errors.js';
import { PasswordLoginDto } from '../dto/password-login.dto.js';
import { RefreshDto } from '../dto/refresh.dto.js';
import { RegisterDto } from '../dto/register.dto.js';
import { TokensDto } from '../dto/tokens.dto.js';
import { WechatLoginDto } from '../dto/wechat-login.dto.js';

const INPUTS = { wechat: WechatLoginDto, register: RegisterDto, login: PasswordLoginDto, autoLogin: RefreshDto };

const withAction = (action: string, ...input: object[]) => ({
  allOf: [
    { type: 'object', required: ['action'], properties: { action: { type: 'string', enum: [action] } } },
    ...input,
  ],
});

/** Documents the one door: a body for each action, and the errors of all of them. */
export function ApiOneDoor() {
  const bodies = Object.entries(INPUTS).map(([action, dto]) => withAction(action, { $ref: getSchemaPath(dto) }));
  return applyDecorators(
    ApiExtraModels(...Object.values(INPUTS), TokensDto),
    ApiBody({
      schema: { oneOf: [...bodies, withAction('logout')] },
      examples: {
        wechat: { value: { action: 'wechat', code: '0712cDoV0cfty22AeloV0daMoV02cDog' } },
        register: { value: { action: 'register', username: 'Alice01', password: 'Blue-Kettle7' } },
        login: { value: { action: 'login', username: 'Alice01', password: 'Blue-Kettle7' } },
        autoLogin: { value: { action: 'autoLogin', refreshToken: 'wxr1_…' } },
        logout: { value: { action: 'logout' } },
      },
    }),
    ApiResponse({ status: 200, type: TokensDto }),
    ApiResponse({ status: 201, type: TokensDto, description: 'register' }),
    ApiResponse({ status: 204, description: 'logout' }),
    ApiErrors(
      ...[RequestInvalidError, PasswordTooWeakError, RateLimitedError, ServiceUnavailableError, UserBannedError],
      ...[AccessTokenMissingError, InvalidCredentialsError, TooManyAttemptsError, UsernameTakenError, EmailTakenError],
      ...[...REFRESH_ERRORS, ...LOGIN_CODE_ERRORS],
    ),
  );
}
