import { type AppErrorClass, errorTypeOf } from '../../platform/errors/app-error.js';
import { UserBannedError } from '../../users/users.errors.js';
import { LoginCodeInvalidError, LoginCodeUsedError, WechatUserBlockedError } from '../../wechat/wechat.errors.js';

const SAME_AGAIN: AppErrorClass[] = [
  LoginCodeInvalidError,
  LoginCodeUsedError,
  WechatUserBlockedError,
  UserBannedError,
];

const takeNewCode = {
  zh: '这个 code 的上一次登录没有完成，请重新调用 wx.login',
  en: 'The last login with this code was not completed: call wx.login again',
};

/**
 * What a login answers whose code has failed before: WeChat's own refusals as they were; after anything else the code
 * may be burnt, and the client needs a new one.
 */
export function repeatedFailure(code: string): Error {
  const ErrorClass = SAME_AGAIN.find((candidate) => errorTypeOf(candidate).code === code);
  return ErrorClass ? new ErrorClass() : new LoginCodeInvalidError({ detail: takeNewCode });
}
