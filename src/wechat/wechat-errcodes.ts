import type { AppErrorOptions, Localized } from '../platform/errors/app-error.js';
import {
  LoginCodeInvalidError,
  LoginCodeUsedError,
  WechatMisconfiguredError,
  WechatRateLimitedError,
  WechatUnavailableError,
  WechatUserBlockedError,
} from './wechat.errors.js';

type WechatErrorClass = new (options?: AppErrorOptions) => Error;

const RATE_LIMIT_WAIT_SECONDS = 60; // 45011 counts by the minute
const UNAVAILABLE_WAIT_SECONDS = 5;

/** What the operator has to do about a configuration error; goes to the log, never to a client. */
const FIXES: Record<number, Localized> = {
  40002: { zh: 'grant_type 有误', en: 'wrong grant_type' },
  40013: { zh: 'AppID 有误，请检查 WECHAT_APPS', en: 'wrong AppID: check WECHAT_APPS' },
  40125: {
    zh: 'AppSecret 有误或已重置，请在微信公众平台重新获取',
    en: 'wrong AppSecret, or it was reset: get it from the WeChat console',
  },
  40164: { zh: '请把日志中的服务器 IP 加入 IP 白名单', en: 'add the server address in this line to the IP whitelist' },
  40243: {
    zh: 'AppSecret 已被冻结，请在微信公众平台解冻',
    en: 'the AppSecret is frozen: unfreeze it in the WeChat console',
  },
  41002: { zh: '缺少 AppID', en: 'no AppID was sent' },
  41004: { zh: '缺少 AppSecret', en: 'no AppSecret was sent' },
  50007: { zh: '小程序账号已被冻结', en: 'the mini-program account is frozen' },
  48001: { zh: '该小程序没有此接口权限', en: 'this mini-program may not use the API' },
};
const OTHER_CONFIGURATION = [43002, 47001, 50004, 61003, 61004, 89503, 89506, 89507];

const CLASSES = new Map<number, WechatErrorClass>([
  [40029, LoginCodeInvalidError],
  [41008, LoginCodeInvalidError],
  [42003, LoginCodeInvalidError],
  [40163, LoginCodeUsedError],
  [40226, WechatUserBlockedError],
  [45011, WechatRateLimitedError],
  ...[...Object.keys(FIXES).map(Number), ...OTHER_CONFIGURATION].map(
    (errcode) => [errcode, WechatMisconfiguredError] as const,
  ),
]);

const WAIT_SECONDS = new Map<WechatErrorClass, number>([
  [WechatRateLimitedError, RATE_LIMIT_WAIT_SECONDS],
  [WechatUnavailableError, UNAVAILABLE_WAIT_SECONDS],
  [WechatMisconfiguredError, UNAVAILABLE_WAIT_SECONDS],
]);

/** The error our caller gets for WeChat's errcode; one we do not know counts as WeChat being unavailable. */
export function errorForErrcode(errcode: number, cause: unknown): Error {
  const ErrorClass = CLASSES.get(errcode) ?? WechatUnavailableError;
  return new ErrorClass({ cause, retryAfterSeconds: WAIT_SECONDS.get(ErrorClass) });
}

/** WeChat could not be reached or did not answer as WeChat does. */
export function unavailable(cause: unknown): WechatUnavailableError {
  return new WechatUnavailableError({ cause, retryAfterSeconds: UNAVAILABLE_WAIT_SECONDS });
}

export function fixFor(errcode: number): string | undefined {
  const fix = FIXES[errcode];
  return fix && `${fix.zh} / ${fix.en}`;
}
