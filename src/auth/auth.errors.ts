import { AppError, ErrorCode } from '../platform/errors/app-error.js';

@ErrorCode('auth.invalid_credentials', 'unauthenticated', { zh: '账号或密码错误', en: 'Wrong username or password' })
export class InvalidCredentialsError extends AppError {}

@ErrorCode('auth.access_token_missing', 'unauthenticated', { zh: '请先登录', en: 'Please log in first' })
export class AccessTokenMissingError extends AppError {}

@ErrorCode('auth.access_token_invalid', 'unauthenticated', { zh: '登录状态无效', en: 'The access token is not valid' })
export class AccessTokenInvalidError extends AppError {}

@ErrorCode('auth.access_token_expired', 'unauthenticated', { zh: '登录已过期', en: 'The access token has expired' })
export class AccessTokenExpiredError extends AppError {}

@ErrorCode('auth.forbidden', 'forbidden', { zh: '没有权限', en: 'You are not allowed to do this' })
export class ForbiddenError extends AppError {}
