import { AppError, ErrorCode } from '../platform/errors/app-error.js';

@ErrorCode('users.username_taken', 'conflict', { zh: '用户名已存在', en: 'This username is already taken' })
export class UsernameTakenError extends AppError {}

@ErrorCode('users.username_already_set', 'conflict', {
  zh: '用户名已设置，不能更改',
  en: 'This account has a username already',
})
export class UsernameAlreadySetError extends AppError {}

@ErrorCode('users.username_missing', 'conflict', {
  zh: '请先设置用户名',
  en: 'This account has no username yet',
})
export class UsernameMissingError extends AppError {}

@ErrorCode('users.email_taken', 'conflict', { zh: '邮箱已被使用', en: 'This e-mail address is already in use' })
export class EmailTakenError extends AppError {}

@ErrorCode('users.phone_taken', 'conflict', { zh: '手机号已被其他账号使用', en: 'This phone number is already in use' })
export class PhoneTakenError extends AppError {}

@ErrorCode('users.wechat_already_bound', 'conflict', {
  zh: '该微信已绑定其他账号',
  en: 'This WeChat account belongs to another user',
})
export class WechatAlreadyBoundError extends AppError {}

@ErrorCode('users.last_credential', 'conflict', {
  zh: '至少要保留一种登录方式',
  en: 'At least one way to log in has to remain',
})
export class LastCredentialError extends AppError {}

@ErrorCode('users.wechat_not_bound', 'conflict', {
  zh: '该账号尚未绑定此小程序的微信',
  en: 'This account has no WeChat account in this mini-program',
})
export class WechatNotBoundError extends AppError {}

@ErrorCode('users.merge_conflict', 'conflict', {
  zh: '这两个账号不能直接合并',
  en: 'These two accounts cannot be merged as they are',
})
export class MergeConflictError extends AppError {}

@ErrorCode('users.password_too_weak', 'invalid', { zh: '密码强度不足', en: 'The password is too weak' })
export class PasswordTooWeakError extends AppError {}

@ErrorCode('users.banned', 'forbidden', { zh: '账号已被封禁', en: 'This account is banned' })
export class UserBannedError extends AppError {}

@ErrorCode('users.not_found', 'not_found', { zh: '用户不存在', en: 'There is no such user' })
export class UserNotFoundError extends AppError {}

// Wherever a password is asked for, at login first of all.
@ErrorCode('auth.too_many_attempts', 'rate_limited', {
  zh: '尝试次数过多，请稍后再试',
  en: 'Too many attempts, please try again later',
})
export class TooManyAttemptsError extends AppError {}
