import type { AppErrorOptions, Localized } from '../platform/errors/app-error.js';
import { ENDPOINTS, type WechatEndpoint } from './transport/endpoints.js';
import type { WechatErrcode } from './transport/wechat-replies.js';
import {
  LoginCodeInvalidError,
  LoginCodeUsedError,
  PhoneCodeInvalidError,
  SessionKeyStaleError,
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
  89503: {
    zh: '请小程序管理员在微信中确认本服务器 IP 的调用',
    en: 'the administrator has to confirm in WeChat that this address may call',
  },
  40234: {
    zh: '微信不认可 API 签名，请核对 signing 的私钥与公众平台中的公钥',
    en: 'WeChat does not take the API signature: compare the private key in `signing` with the console',
  },
  40235: {
    zh: '微信无法解密请求，请核对 signing 的对称密钥及其编号',
    en: 'WeChat cannot decrypt the request: compare the symmetric key and its number in `signing` with the console',
  },
  40238: { zh: '公众平台中未设置对称密钥', en: 'no symmetric key is set in the WeChat console' },
  40239: { zh: '公众平台中未设置公钥', en: 'no public key is set in the WeChat console' },
  40240: {
    zh: '签名时间戳已过期，请校准服务器时间',
    en: 'the signature is too old: set the clock of this server right',
  },
  48001: { zh: '该小程序没有此接口权限', en: 'this mini-program may not use the API' },
};
const BAD_CREDENTIAL = 40001; // of stable_token; elsewhere it is about the access_token
const OTHER_CONFIGURATION = [40230, 40231, 40232, 40233, 40236, 40237, 43002, 47001, 50004, 61003, 61004, 89506, 89507];

const CLASSES = new Map<number, WechatErrorClass>([
  [40029, LoginCodeInvalidError],
  [41008, LoginCodeInvalidError],
  [42003, LoginCodeInvalidError],
  [40163, LoginCodeUsedError],
  [40226, WechatUserBlockedError],
  [45011, WechatRateLimitedError],
  [87007, SessionKeyStaleError],
  [87009, SessionKeyStaleError],
  ...[...Object.keys(FIXES).map(Number), ...OTHER_CONFIGURATION].map(
    (errcode) => [errcode, WechatMisconfiguredError] as const,
  ),
]);

/** Where an errcode means something else than it does elsewhere. */
const CLASSES_BY_PATH = new Map<string, Map<number, WechatErrorClass>>([
  [
    ENDPOINTS.getPhoneNumber.path,
    // 40013: the code is of another mini-program; 40003: of another user. The rest: used, late, or a login code.
    new Map([40029, 40163, 41008, 42003, 40013, 40003].map((errcode) => [errcode, PhoneCodeInvalidError])),
  ],
  [
    ENDPOINTS.getStableAccessToken.path,
    // 45011 is about this server, and nothing its clients could wait for.
    new Map<number, WechatErrorClass>([
      [BAD_CREDENTIAL, WechatMisconfiguredError],
      [45011, WechatUnavailableError],
    ]),
  ],
]);

const WAIT_SECONDS = new Map<WechatErrorClass, number>([
  [WechatRateLimitedError, RATE_LIMIT_WAIT_SECONDS],
  [WechatUnavailableError, UNAVAILABLE_WAIT_SECONDS],
  [WechatMisconfiguredError, UNAVAILABLE_WAIT_SECONDS],
]);

/** The error our caller gets for WeChat's errcode; one we do not know counts as WeChat being unavailable. */
export function errorForErrcode(refusal: WechatErrcode, { path }: WechatEndpoint): Error {
  const { errcode } = refusal;
  const ErrorClass = CLASSES_BY_PATH.get(path)?.get(errcode) ?? CLASSES.get(errcode) ?? WechatUnavailableError;
  return new ErrorClass({ cause: refusal, retryAfterSeconds: WAIT_SECONDS.get(ErrorClass) });
}

/** WeChat could not be reached or did not answer as WeChat does. */
export function unavailable(cause: unknown): WechatUnavailableError {
  return new WechatUnavailableError({ cause, retryAfterSeconds: UNAVAILABLE_WAIT_SECONDS });
}

/** What the operator has to do about a configuration error. */
export function adviceFor(errcode: number): Localized | undefined {
  return FIXES[errcode === BAD_CREDENTIAL ? 40125 : errcode];
}

/** The advice on one line, for the log. */
export function fixFor(errcode: number): string | undefined {
  const fix = adviceFor(errcode);
  return fix && `${fix.zh} / ${fix.en}`;
}
