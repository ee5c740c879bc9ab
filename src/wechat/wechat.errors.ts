import { AppError, ErrorCode } from '../platform/errors/app-error.js';

@ErrorCode('wechat.login_code_invalid', 'unauthenticated', {
  zh: '微信登录凭证无效，请重试',
  en: 'The WeChat login code is not valid, please try again',
})
export class LoginCodeInvalidError extends AppError {}

@ErrorCode('wechat.login_code_used', 'unauthenticated', {
  zh: '微信登录凭证已被使用，请重试',
  en: 'The WeChat login code has been used already, please try again',
})
export class LoginCodeUsedError extends AppError {}

@ErrorCode('wechat.phone_code_invalid', 'invalid', {
  zh: '手机号授权凭证无效，请重新点击获取手机号按钮',
  en: 'The phone number code is not valid, please tap the button again',
})
export class PhoneCodeInvalidError extends AppError {}

@ErrorCode('wechat.decryption_failed', 'invalid', { zh: '微信数据解密失败', en: 'The WeChat data cannot be decrypted' })
export class DecryptionFailedError extends AppError {}

@ErrorCode('wechat.session_key_stale', 'conflict', {
  zh: '请重新登录微信',
  en: 'Please log in with WeChat again',
})
export class SessionKeyStaleError extends AppError {}

@ErrorCode('wechat.user_blocked', 'forbidden', {
  zh: '微信判定该用户存在风险，暂不能登录',
  en: 'WeChat has blocked this user',
})
export class WechatUserBlockedError extends AppError {}

@ErrorCode('wechat.rate_limited', 'rate_limited', {
  zh: '登录过于频繁，请一分钟后再试',
  en: 'Too many logins, please try again in a minute',
})
export class WechatRateLimitedError extends AppError {}

@ErrorCode('wechat.unavailable', 'unavailable', { zh: '微信服务暂不可用', en: 'WeChat is not available right now' })
export class WechatUnavailableError extends AppError {}

@ErrorCode('wechat.misconfigured', 'unavailable', { zh: '服务配置有误', en: 'This service is not set up correctly' })
export class WechatMisconfiguredError extends AppError {}

@ErrorCode('wechat.app_unknown', 'invalid', { zh: '未知的小程序 AppID', en: 'This mini-program is not known here' })
export class WechatAppUnknownError extends AppError {}

@ErrorCode('wechat.signature_invalid', 'invalid', { zh: '微信签名无效', en: 'The WeChat signature is not valid' })
export class WechatSignatureInvalidError extends AppError {}

/** What the exchange of a login code can end in. */
export const LOGIN_CODE_ERRORS = [
  LoginCodeInvalidError,
  LoginCodeUsedError,
  WechatUserBlockedError,
  WechatRateLimitedError,
  WechatUnavailableError,
  WechatMisconfiguredError,
  WechatAppUnknownError,
];

/** What asking WeChat about a session_key can end in. */
export const SESSION_KEY_ERRORS = [
  SessionKeyStaleError,
  WechatUnavailableError,
  WechatMisconfiguredError,
  WechatAppUnknownError,
];

/** What asking for a phone number can end in. */
export const PHONE_CODE_ERRORS = [
  PhoneCodeInvalidError,
  WechatRateLimitedError,
  WechatUnavailableError,
  WechatMisconfiguredError,
  WechatAppUnknownError,
];
