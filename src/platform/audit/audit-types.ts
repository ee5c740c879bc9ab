import type { Localized } from '../errors/app-error.js';

/**
 * Everything the audit trail tells of, with what it means. docs/audit.md lists the same, and a test holds the two
 * equal. A type is never renamed: people search for it, and webhooks subscribe to it.
 */
export const AUDIT_TYPES = {
  login: { zh: '登录成功或被拒绝', en: 'A login, let in or refused' },
  register: { zh: '用用户名和密码注册', en: 'Somebody registered with a username and password' },
  'registration.risk': { zh: '注册时微信给出的风险等级', en: 'How risky WeChat thinks somebody is who registered' },
  reauthentication: { zh: '再次验证身份', en: 'Somebody proved again who they are, or failed to' },
  'session.ended': { zh: '会话结束及其原因', en: 'A session ended, and why' },

  'password.changed': { zh: '修改密码', en: 'A password was changed' },
  'username.set': { zh: '设置用户名', en: 'A user got a username' },
  'email.changed': { zh: '更改邮箱', en: 'An e-mail address was changed' },
  'phone.set': { zh: '绑定或更换手机号', en: 'A phone number was set' },
  'phone.removed': { zh: '解绑手机号', en: 'A phone number was removed' },
  'phone.conflict': { zh: '手机号已属于其他账号', en: 'A phone number belongs to another user' },
  'wechat.bound': { zh: '绑定微信', en: 'A WeChat account was bound' },
  'wechat.unbound': { zh: '解绑微信', en: 'A WeChat account was unbound' },
  'wechat.attached': { zh: '按 unionid 归入已有账号', en: 'A WeChat account was attached to whom its unionid names' },
  'union.conflict': { zh: 'unionid 指向另一个账号', en: 'A unionid names another user' },
  'consent.recorded': { zh: '同意或撤回隐私政策', en: 'Consent to a policy was given or withdrawn' },

  'wechat.user_info_modified': { zh: '微信推送：用户修改资料', en: 'WeChat pushed: a user changed their profile' },
  'wechat.user_authorization_revoke': { zh: '微信推送：用户撤回授权', en: 'WeChat pushed: consent was withdrawn' },
  'wechat.user_authorization_cancellation': { zh: '微信推送：用户注销', en: 'WeChat pushed: an account was closed' },

  'user.banned': { zh: '封禁账号', en: 'A user was banned' },
  'user.unbanned': { zh: '解除封禁', en: 'A ban was lifted' },
  'user.role_changed': { zh: '更改角色', en: 'A role was changed' },
  'user.unlocked': { zh: '解除登录限制', en: 'The wait after failed logins was lifted' },
  'user.merged': { zh: '合并账号', en: 'A user was merged into another' },
  'user.exported': { zh: '导出个人数据', en: 'Personal data was exported' },
  'users.imported': { zh: '从其他系统导入用户', en: 'Users were imported from another system' },
  'user.erased': { zh: '注销并清除账号', en: 'A user was erased' },

  'admin.user_viewed': { zh: '管理员查看用户详情', en: 'An admin looked at a user' },
  'admin.sessions_ended': { zh: '管理员下线用户设备', en: 'An admin signed devices out' },
  'admin.quota_asked': { zh: '管理员查询微信额度', en: 'An admin asked for WeChat’s quota' },

  'webhook.created': { zh: '新建 webhook', en: 'A webhook was made' },
  'webhook.updated': { zh: '修改 webhook', en: 'A webhook was changed' },
  'webhook.deleted': { zh: '删除 webhook', en: 'A webhook was deleted' },
  'webhook.secret_rotated': { zh: '更换 webhook 密钥', en: 'The secret of a webhook was replaced' },
  'webhook.disabled': {
    zh: '接收方答复 410，自动停用 webhook',
    en: 'A receiver answered 410: its webhook was disabled',
  },
  'webhook.pinged': { zh: '测试 webhook', en: 'A webhook was tried out' },
  'webhook.retried': { zh: '重新投递 webhook', en: 'A delivery was sent again' },

  'service_client.created': { zh: '登记服务客户端', en: 'A service client was registered' },
  'service_client.updated': { zh: '修改或停用服务客户端', en: 'A service client was changed' },
  'service_client.secret_rotated': { zh: '更换服务客户端密钥', en: 'The secret of a service client was replaced' },
  'service_client.deleted': { zh: '删除服务客户端', en: 'A service client was deleted' },
  'service_client.refused': { zh: '服务客户端认证失败', en: 'A service client was refused' },

  'key.published': { zh: '公布新签名密钥', en: 'A signing key was published' },
  'key.signing': { zh: '启用签名密钥', en: 'A signing key came into use' },
  'key.retired': { zh: '停用签名密钥', en: 'A signing key was retired' },
  'key.revoked': { zh: '紧急吊销签名密钥', en: 'A signing key was revoked at once' },
  'secret.rotated': { zh: '更换 APP_SECRET', en: 'APP_SECRET was rotated' },
} as const satisfies Record<string, Localized>;

export type AuditType = keyof typeof AUDIT_TYPES;
