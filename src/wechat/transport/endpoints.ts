/** Endpoints that fail together: each group has a circuit breaker of its own. */
export type EndpointGroup = 'login' | 'token' | 'user' | 'risk';

/** What has to be known about one of WeChat's endpoints before it is called. */
export interface WechatEndpoint {
  path: string;
  method: 'GET' | 'POST';
  /** For all of it: waiting for a place, the access_token, every try. Of the login code WECHAT_LOGIN_TIMEOUT_MS says it. */
  deadlineMs: number;
  /** Whether it may be sent again after it may have arrived. */
  isIdempotent: boolean;
  /** Whether WeChat takes it signed and encrypted ("支持加密请求"). */
  supportsSigning: boolean;
  group: EndpointGroup;
}

const LOGIN_DEADLINE_MS = 2_500; // with our own work, on a busy server too, every login is answered within 3 s
const DEADLINE_MS = 2_500;
const TOKEN_DEADLINE_MS = 2_000; // before the deadline of the call that needs the token
const RISK_DEADLINE_MS = 300;

const login = { group: 'login', deadlineMs: LOGIN_DEADLINE_MS, supportsSigning: false } as const;
const user = { group: 'user', deadlineMs: DEADLINE_MS, supportsSigning: false } as const;
const signed = { ...user, method: 'POST', supportsSigning: true } as const;

/** WeChat's endpoints that this server uses, by the names of WeChat's documentation. */
export const ENDPOINTS = {
  code2Session: { path: '/sns/jscode2session', method: 'GET', isIdempotent: false, ...login },
  getStableAccessToken: {
    path: '/cgi-bin/stable_token',
    method: 'POST',
    deadlineMs: TOKEN_DEADLINE_MS,
    isIdempotent: true,
    supportsSigning: false,
    group: 'token',
  },
  checkSessionKey: { path: '/wxa/checksession', method: 'GET', isIdempotent: true, ...user },
  /** A lost reply loses the new key. */
  resetUserSessionKey: { path: '/wxa/resetusersessionkey', method: 'GET', isIdempotent: false, ...user },
  /** A code works once. */
  getPhoneNumber: { path: '/wxa/business/getuserphonenumber', isIdempotent: false, ...signed },
  checkEncryptedData: { path: '/wxa/business/checkencryptedmsg', isIdempotent: true, ...signed },
  getUserRiskRank: {
    ...{ path: '/wxa/getuserriskrank', isIdempotent: true, ...signed },
    ...{ group: 'risk', deadlineMs: RISK_DEADLINE_MS },
  },
  getApiQuota: { path: '/cgi-bin/openapi/quota/get', method: 'POST', isIdempotent: true, ...user },
} as const satisfies Record<string, WechatEndpoint>;
