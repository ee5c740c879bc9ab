import type { Localized } from '../../platform/errors/app-error.js';
import type { ReuseClass } from '../refresh/refresh-rules.js';
import type { EndReason, LoginMethod } from '../session.entity.js';
import type { SessionEventType } from './session-event.entity.js';

const LOGINS: Record<LoginMethod, Localized> = {
  wechat: { zh: '微信登录', en: 'Logged in with WeChat' },
  phone: { zh: '手机号一键登录', en: 'Logged in with a phone number' },
  password: { zh: '密码登录', en: 'Logged in with a password' },
  register: { zh: '注册并登录', en: 'Registered and logged in' },
};

const REUSES: Record<ReuseClass, Localized> = {
  ancestor: {
    zh: '有人使用了很早以前就已换掉的登录凭证',
    en: 'Somebody used a refresh token that had been replaced long before',
  },
  parent_after_successor_seen: {
    zh: '新的登录凭证已送达设备，却又有人使用上一个',
    en: 'Somebody used the previous refresh token although the device had received the new one',
  },
  parent_too_late: {
    zh: '上一个登录凭证在有效的补发时间之后又被使用',
    en: 'Somebody used the previous refresh token after the time for asking again was over',
  },
};

const ENDS: Record<EndReason, Localized> = {
  logout: { zh: '在这台设备上退出登录', en: 'Logged out on this device' },
  ended_by_user: { zh: '在另一处将这台设备下线', en: 'Signed out by its owner from elsewhere' },
  refresh_token_reused: {
    zh: '登录凭证被重复使用，为保护账号已退出登录',
    en: 'A refresh token was used again: the session was ended to protect the account',
  },
  wechat_cancelled: { zh: '微信账号已注销或撤回授权', en: 'The WeChat account was closed or its consent withdrawn' },
  ended_by_admin: { zh: '管理员将这台设备下线', en: 'Signed out by an admin' },
  banned: { zh: '账号被封禁', en: 'The account was banned' },
  role_changed: { zh: '账号角色已更改，需重新登录', en: 'The role of the account was changed' },
  password_changed: { zh: '密码已修改，其他设备需重新登录', en: 'The password was changed' },
  session_limit: {
    zh: '登录设备超过上限，最久未用的一台已下线',
    en: 'There were too many devices: the one unused for longest was signed out',
  },
  account_erased: { zh: '账号已注销', en: 'The account was erased' },
  revoked: { zh: '由关联的服务撤销了登录', en: 'Revoked by a service' },
  expired: { zh: '长时间未使用，登录已过期', en: 'It was not used for too long and expired' },
};

const ROTATED: Localized = { zh: '续期', en: 'Refreshed' };
const TEXTS: Record<SessionEventType, Record<string, Localized>> = {
  login: LOGINS,
  rotate: {},
  reuse: REUSES,
  end: ENDS,
};

/** What an event means, in words for the owner of the session. */
export function meaningOf(type: SessionEventType, reason: string | null): Localized {
  return TEXTS[type][reason ?? ''] ?? ROTATED;
}
