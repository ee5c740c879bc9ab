import { AppError, ErrorCode } from '../platform/errors/app-error.js';

@ErrorCode('sessions.refresh_token_invalid', 'unauthenticated', {
  zh: '登录状态无效，请重新登录',
  en: 'The refresh token is not valid',
})
export class RefreshTokenInvalidError extends AppError {}

@ErrorCode('sessions.refresh_token_expired', 'unauthenticated', {
  zh: '登录已过期，请重新登录',
  en: 'The refresh token has expired',
})
export class RefreshTokenExpiredError extends AppError {}

@ErrorCode('sessions.refresh_token_reused', 'unauthenticated', {
  zh: '登录凭证被重复使用，为保护账号已退出登录',
  en: 'The refresh token was used again: the session has been ended to protect the account',
})
export class RefreshTokenReusedError extends AppError {}

@ErrorCode('sessions.ended', 'unauthenticated', { zh: '登录已结束，请重新登录', en: 'This session has ended' })
export class SessionEndedError extends AppError {}

// Asked of whoever changes how they log in; renewed at /auth/reauthenticate.
@ErrorCode('auth.reauthentication_required', 'forbidden', {
  zh: '请先再次验证身份',
  en: 'Please prove again who you are',
})
export class ReauthenticationRequiredError extends AppError {}

@ErrorCode('sessions.not_found', 'not_found', { zh: '会话不存在', en: 'There is no such session' })
export class SessionNotFoundError extends AppError {}

/** What a refresh can be refused with. */
export const REFRESH_ERRORS = [
  RefreshTokenInvalidError,
  RefreshTokenExpiredError,
  RefreshTokenReusedError,
  SessionEndedError,
];
