// Made from docs/errors.md by `npm run errors`.

/** What the server refuses a request with: each code with its HTTP status, and its text in both languages. */
export interface ServerErrors {
  /** 请求参数有误 · The request is not valid */
  'request.invalid': 400;
  /** 请求内容过大 · The request body is too large */
  'request.too_large': 413;
  /** 请求内容须为 JSON · The request body must be JSON */
  'request.unsupported_media_type': 415;
  /** 请求的地址不存在 · There is nothing at this address */
  'request.not_found': 404;
  /** 该地址不支持此请求方法 · This address does not support the request method */
  'request.method_not_allowed': 405;
  /** 请求过于频繁，请稍后再试 · Too many requests, please try again later */
  'request.rate_limited': 429;
  /** 服务繁忙，请稍后再试 · The service is busy, please try again later */
  'service.unavailable': 503;
  /** 服务器内部错误 · Something went wrong on our side */
  internal: 500;
  /** 账号或密码错误 · Wrong username or password */
  'auth.invalid_credentials': 401;
  /** 尝试次数过多，请稍后再试 · Too many attempts, please try again later */
  'auth.too_many_attempts': 429;
  /** 请先登录 · Please log in first */
  'auth.access_token_missing': 401;
  /** 登录状态无效 · The access token is not valid */
  'auth.access_token_invalid': 401;
  /** 登录已过期 · The access token has expired */
  'auth.access_token_expired': 401;
  /** 没有权限 · You are not allowed to do this */
  'auth.forbidden': 403;
  /** 请先再次验证身份 · Please prove again who you are */
  'auth.reauthentication_required': 403;
  /** 登录状态无效，请重新登录 · The refresh token is not valid */
  'sessions.refresh_token_invalid': 401;
  /** 登录已过期，请重新登录 · The refresh token has expired */
  'sessions.refresh_token_expired': 401;
  /** 登录凭证被重复使用，为保护账号已退出登录 · The refresh token was used again: the session has been ended to protect the account */
  'sessions.refresh_token_reused': 401;
  /** 登录已结束，请重新登录 · This session has ended */
  'sessions.ended': 401;
  /** 会话不存在 · There is no such session */
  'sessions.not_found': 404;
  /** 用户名已存在 · This username is already taken */
  'users.username_taken': 409;
  /** 用户名已设置，不能更改 · This account has a username already */
  'users.username_already_set': 409;
  /** 请先设置用户名 · This account has no username yet */
  'users.username_missing': 409;
  /** 邮箱已被使用 · This e-mail address is already in use */
  'users.email_taken': 409;
  /** 手机号已被其他账号使用 · This phone number is already in use */
  'users.phone_taken': 409;
  /** 该微信已绑定其他账号 · This WeChat account belongs to another user */
  'users.wechat_already_bound': 409;
  /** 至少要保留一种登录方式 · At least one way to log in has to remain */
  'users.last_credential': 409;
  /** 该账号尚未绑定此小程序的微信 · This account has no WeChat account in this mini-program */
  'users.wechat_not_bound': 409;
  /** 这两个账号不能直接合并 · These two accounts cannot be merged as they are */
  'users.merge_conflict': 409;
  /** 密码强度不足 · The password is too weak */
  'users.password_too_weak': 400;
  /** 账号已被封禁 · This account is banned */
  'users.banned': 403;
  /** 用户不存在 · There is no such user */
  'users.not_found': 404;
  /** 不能对自己的账号执行此操作 · You cannot do this to your own account */
  'admin.own_account': 409;
  /** 至少要保留一位管理员 · At least one admin has to remain */
  'admin.last_admin': 409;
  /** 服务客户端不存在或密钥错误 · The service client is not known, or its secret is wrong */
  'service_clients.invalid': 401;
  /** 服务客户端不存在 · There is no such service client */
  'service_clients.not_found': 404;
  /** 服务客户端数量已达上限 · There are too many service clients */
  'service_clients.too_many': 409;
  /** 不支持撤销这种令牌 · Tokens of this type cannot be revoked */
  'auth.unsupported_token_type': 400;
  /** Webhook 不存在 · There is no such webhook */
  'webhooks.not_found': 404;
  /** 投递记录不存在 · There is no such delivery */
  'webhooks.delivery_not_found': 404;
  /** Webhook 已停用 · This webhook is disabled */
  'webhooks.disabled': 409;
  /** Webhook 数量已达上限 · There are too many webhooks */
  'webhooks.too_many': 409;
  /** 微信登录凭证无效，请重试 · The WeChat login code is not valid, please try again */
  'wechat.login_code_invalid': 401;
  /** 微信登录凭证已被使用，请重试 · The WeChat login code has been used already, please try again */
  'wechat.login_code_used': 401;
  /** 手机号授权凭证无效，请重新点击获取手机号按钮 · The phone number code is not valid, please tap the button again */
  'wechat.phone_code_invalid': 400;
  /** 微信数据解密失败 · The WeChat data cannot be decrypted */
  'wechat.decryption_failed': 400;
  /** 请重新登录微信 · Please log in with WeChat again */
  'wechat.session_key_stale': 409;
  /** 微信判定该用户存在风险，暂不能登录 · WeChat has blocked this user */
  'wechat.user_blocked': 403;
  /** 登录过于频繁，请一分钟后再试 · Too many logins, please try again in a minute */
  'wechat.rate_limited': 429;
  /** 微信服务暂不可用 · WeChat is not available right now */
  'wechat.unavailable': 503;
  /** 服务配置有误 · This service is not set up correctly */
  'wechat.misconfigured': 503;
  /** 未知的小程序 AppID · This mini-program is not known here */
  'wechat.app_unknown': 400;
  /** 微信签名无效 · The WeChat signature is not valid */
  'wechat.signature_invalid': 400;
}

/** A code of the server. */
export type ServerErrorCode = keyof ServerErrors;
